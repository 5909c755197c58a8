/** Compares what was announced with what customers see in the end: each word of a notice once, in its order, and silence after a cancel. */
import type { Screen } from '../../src/simulator/model.ts';
import type { Evidence, Said } from './model.ts';

/** One fault of a notice, or `told`: staff know that somebody was not reached. */
export interface NoticeFinding {
  readonly what: 'lost' | 'duplicated' | 'reordered' | 'leaked' | 'told';
  readonly line: string;
}

/** Where a word stands in somebody's places. */
interface Stand {
  readonly place: string;
  readonly index: number;
  /** When the platform took it, in ms of the storm's clock. */
  readonly at: number;
}

/** What was under way when it was overtaken may still arrive for so long, in ms: an attempt has no more. */
const UNDER_WAY_MS = 15_000;

/** Looks at every notice, for everybody whom it concerns. */
export function auditNotices({ said = [], missed, concerned, screens }: Evidence): NoticeFinding[] {
  const byNotice = Map.groupBy(said, ({ notice }) => notice);
  const people = screens.filter(({ role, person }) => role === 'customer' && concerned?.test(person));
  return [...byNotice].flatMap(([notice, words]) =>
    people.flatMap(screen => judge(screen, notice, words, missed?.get(notice)?.has(screen.person) ?? false)),
  );
}

function judge(screen: Screen, notice: number, words: readonly Said[], isMissed: boolean): NoticeFinding[] {
  const { person, platform } = screen;
  const seen = words.map(word => ({ word, stands: standsOf(screen, word.token) }));
  const found: NoticeFinding[] = [];
  const note = (what: NoticeFinding['what'], token: string, why: string): void =>
    void found.push({ what, line: `${what}: ${person} on ${platform} and ${token} of N-${notice}: ${why}` });
  for (const { word, stands } of seen)
    if (stands.length > 1) note('duplicated', word.token, `they see it ${stands.length} times`);
  for (const [at, { word, stands }] of seen.entries()) {
    const next = words[at + 1];
    if (next !== undefined && stands.some(stand => stand.at > next.at + UNDER_WAY_MS))
      note('leaked', word.token, `it came when it was overtaken by ${next.token} (${next.kind})`);
    const early = seen.slice(at + 1).find(({ stands: later }) => isBefore(later[0], stands[0]));
    if (early !== undefined)
      note('reordered', word.token, `${early.word.token} was said after it and stands before it`);
  }
  const last = seen.at(-1);
  if (last === undefined) return found;
  const { token, kind } = last.word;
  const knows = seen.slice(0, -1).some(({ stands }) => stands.length > 0);
  const isThere = last.stands.length > 0;
  if (kind === 'cancelled' && isThere && !knows && !mayHaveKnown(platform))
    note('leaked', token, 'they hear of the end of what nobody told them');
  const isDue = kind !== 'cancelled' || knows;
  if (!isThere && isDue)
    note(isMissed ? 'told' : 'lost', token, isMissed ? 'staff know' : 'they do not see it');
  return found;
}

/** On Telegram nobody can know whether what had no answer came: they hear of the end all the same. */
function mayHaveKnown(platform: Screen['platform']): boolean {
  return platform === 'telegram';
}

function isBefore(one: Stand | undefined, other: Stand | undefined): boolean {
  return one !== undefined && other !== undefined && one.place === other.place && one.index < other.index;
}

function standsOf({ places }: Screen, token: string): Stand[] {
  // Slack shows an answer in its thread and, sent there too, in the chat: one message.
  const stands = new Map<string, Stand>();
  for (const { kind, id: place, messages } of places)
    for (const [index, { id, bot, text, at }] of messages.entries())
      if (bot && text.includes(token) && (!stands.has(id) || kind === 'dm'))
        stands.set(id, { place, index, at });
  return [...stands.values()];
}
