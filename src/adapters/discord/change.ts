import { RESTJSONErrorCodes as Code, Routes } from 'discord-api-types/v10';
import type { MessageRef, Outbound, Receipt } from '../../core/index.ts';
import { rowsToWrite } from './controls.ts';
import type { Outlet } from './deliver.ts';
import { markEmoji, noSuchPlace, unarchiving } from './deliver.ts';
import { bare } from './emoji.ts';
import { codeOf } from './errors.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake } from './payloads.ts';
import { quiet, toDiscord } from './render.ts';

/** The ability to show a message of ours anew; its files stay. One that is gone is refused as invalid: its place is still there. */
export async function edit(at: Outlet, message: Outbound, to: string, ref: MessageRef): Promise<Receipt> {
  if (!isSnowflake(to) || !isSnowflake(ref)) return noSuchPlace;
  const body = {
    content: toDiscord(message.text),
    components: rowsToWrite(message.buttons, at.write(to)),
    allowed_mentions: quiet,
  };
  try {
    await unarchiving(at, to, () => at.api.patch(Routes.channelMessage(to, ref), { body }));
    return { outcome: 'delivered', address: to, ref };
  } catch (error) {
    return receiptOf(at, error, { repeatable: true, needs: 'Send Messages in Threads' });
  }
}

const GONE: ReadonlySet<number | undefined> = new Set([Code.UnknownMessage, Code.UnknownChannel]);

/** The ability to take a message of ours back. */
export async function remove(at: Outlet, to: string, ref: MessageRef): Promise<Receipt> {
  if (!isSnowflake(to) || !isSnowflake(ref)) return noSuchPlace;
  at.memory.removed.set(ref, true);
  try {
    await unarchiving(at, to, () => at.api.remove(Routes.channelMessage(to, ref)));
  } catch (error) {
    if (!GONE.has(codeOf(error))) return receiptOf(at, error, { repeatable: true, needs: 'Manage Messages' });
  }
  return { outcome: 'delivered', address: to, ref };
}

/** Codes for a reaction that this message will not have: no such emoji, 20 others on it, or the author blocked the bot. */
const UNWANTED: ReadonlySet<number | undefined> = new Set([
  Code.UnknownEmoji,
  Code.InvalidFormBodyOrContentType,
  Code.MaximumNumberOfReactionsReached,
  Code.ReactionWasBlocked,
]);

/** The ability to show somebody's reaction as the bot's own. The marks of the desk are refused: they would say what became of a reply. */
export async function echo(
  at: Outlet,
  emoji: string,
  on: boolean,
  to: string,
  ref: MessageRef,
): Promise<Receipt> {
  if (!isSnowflake(to) || !isSnowflake(ref)) return noSuchPlace;
  if (markEmoji.has(emoji)) return { outcome: 'refused', code: 'invalid', why: 'it would look like a mark' };
  const put = (one: string) => {
    const route = Routes.channelMessageOwnReaction(to, ref, encodeURIComponent(one));
    return unarchiving(at, to, () => (on ? at.api.put(route) : at.api.remove(route)));
  };
  try {
    await put(emoji).catch((error: unknown) => {
      if (codeOf(error) !== Code.UnknownEmoji || bare(emoji) === emoji) throw error;
      return put(bare(emoji));
    });
    return { outcome: 'delivered', address: to, ref };
  } catch (error) {
    const code = codeOf(error);
    if (code === Code.UnknownMessage) return { outcome: 'delivered', address: to, ref };
    if (UNWANTED.has(code)) return { outcome: 'refused', code: 'invalid', why: `Discord ${code}` };
    return receiptOf(at, error, { repeatable: true, needs: 'Add Reactions, Read Message History' });
  }
}
