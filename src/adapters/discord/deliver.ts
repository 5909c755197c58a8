import { RESTJSONErrorCodes as Code, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log, Mark, MessageRef, Outbound, Receipt } from '../../core/index.ts';
import type { Api } from './api.ts';
import { buttonRows } from './controls.ts';
import { codeOf } from './errors.ts';
import type { Memory } from './memory.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake } from './payloads.ts';
import { quiet, toDiscord } from './render.ts';

/** What the sending rooms share. */
export interface Outlet {
  readonly api: Api;
  readonly memory: Memory;
  readonly log: Log;
}

const created = z.object({ id: z.string(), channel_id: z.string() });

/** Discord does not have this place, and never will. */
export const noSuchPlace: Receipt = { outcome: 'refused', code: 'gone', why: 'the address is no channel id' };

/**
 * The nonce of a delivery in a place: at most 25 characters (Create Message). The place is in it so that another database, which counts
 * its deliveries from 1 again, does not get the messages of the one before.
 */
export function nonceOf(id: string, place: string): string {
  return `${id}.${(BigInt(place) % 36n ** 4n).toString(36)}`;
}

/** The body of a message. A second one with its nonce gives the first back for "a few minutes"; what is older, `find` looks up. */
export function messageBody(message: Outbound, to: string, before = '') {
  return {
    content: before + toDiscord(message.text),
    components: buttonRows(message.buttons),
    allowed_mentions: quiet,
    flags: MessageFlags.SuppressEmbeds,
    nonce: nonceOf(message.id, to),
    enforce_nonce: true,
    ...(message.replyTo && isSnowflake(message.replyTo)
      ? { message_reference: { message_id: message.replyTo, fail_if_not_exists: false } }
      : {}),
  };
}

/** A message's body. */
type MessageBody = ReturnType<typeof messageBody>;

/** Posts one message. Sending into an archived thread opens it again by itself (Threads: Active & Archived Threads). */
export async function post(at: Outlet, to: string, body: MessageBody): Promise<Receipt> {
  try {
    const { id, channel_id } = created.parse(await at.api.post(Routes.channelMessages(to), { body }));
    at.memory.heard(body.nonce, { address: channel_id, ref: id });
    return { outcome: 'delivered', ref: id, address: channel_id };
  } catch (error) {
    return receiptOf(at, error, { repeatable: false, needs: 'Send Messages, Send Messages in Threads' });
  }
}

/** The ability to deliver. */
export async function deliver(at: Outlet, message: Outbound, to: string): Promise<Receipt> {
  return isSnowflake(to) ? post(at, to, messageBody(message, to)) : noSuchPlace;
}

const emoji: Readonly<Record<Mark, string>> = { sent: '✅', failed: '❌', unknown: '❓' };

/** The ability to mark a message: puts the mark, and takes the one before away where it is remembered. */
export async function react(at: Outlet, mark: Mark, to: string, ref: MessageRef): Promise<Receipt> {
  if (!isSnowflake(to) || !isSnowflake(ref)) return noSuchPlace;
  const route = (one: string) => Routes.channelMessageOwnReaction(to, ref, encodeURIComponent(one));
  try {
    await unarchiving(at, to, () => at.api.put(route(emoji[mark])));
    const before = at.memory.marks.get(ref);
    at.memory.marks.set(ref, emoji[mark]);
    if (before && before !== emoji[mark]) await at.api.remove(route(before));
    return { outcome: 'delivered', ref };
  } catch (error) {
    // Whose message is gone needs no mark.
    if (codeOf(error) === Code.UnknownMessage) return { outcome: 'delivered', ref };
    return receiptOf(at, error, { repeatable: true, needs: 'Add Reactions, Read Message History' });
  }
}

/** Does something in a thread; when the thread is archived, opens it (with `changes` to it) and does it again. */
export async function unarchiving<T>(
  at: Outlet,
  thread: string,
  act: () => Promise<T>,
  changes: { applied_tags?: readonly string[] } = {},
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (codeOf(error) !== Code.InvalidActionOnArchivedThread) throw error;
    await at.api.patch(Routes.channel(thread), { body: { archived: false, ...changes } });
    return act();
  }
}
