/** Compares what visitors wrote in their bubbles with what stands there in the end: each once, in the order in which it was written, and safe at the desk. */
import type { MessageView, Screen } from '../../src/simulator/model.ts';
import type { Deed, Evidence } from './model.ts';

/** One fault of a chat on the website. */
export interface RoomFinding {
  readonly what: 'lost' | 'duplicated' | 'reordered';
  readonly deed: Deed;
  readonly why: string;
}

/** Looks at every bubble. */
export function auditRooms({ deeds, screens }: Evidence): RoomFinding[] {
  return screens
    .filter(({ platform }) => platform === 'website')
    .flatMap(screen =>
      judge(
        screen,
        deeds.filter(
          one => one.platform === 'website' && one.kind === 'wrote' && one.person === screen.person,
        ),
      ),
    );
}

/** `deeds`: what one visitor wrote, in its order. */
function judge({ places }: Screen, deeds: readonly Deed[]): RoomFinding[] {
  const own = places.flatMap(({ messages }) => messages).filter(({ bot }) => !bot);
  const found: RoomFinding[] = [];
  let before: { readonly deed: Deed; readonly at: number } | undefined;
  for (const deed of deeds) {
    const holds = ({ text }: MessageView): boolean => text.includes(deed.token);
    const stands = own.filter(holds);
    const [first] = stands;
    if (first === undefined) found.push({ what: 'lost', deed, why: 'it is not in their own chat' });
    // Only they see it: the desk has not said that it has it.
    else if (first.ephemeral) found.push({ what: 'lost', deed, why: 'their bubble still sends it' });
    if (stands.length > 1)
      found.push({ what: 'duplicated', deed, why: `it stands in their chat ${stands.length} times` });
    const at = own.findIndex(holds);
    if (before !== undefined && at >= 0 && at < before.at)
      found.push({
        what: 'reordered',
        deed: before.deed,
        why: `${deed.token} was written after it and stands before it`,
      });
    if (at >= 0) before = { deed, at };
  }
  return found;
}
