import { RESTJSONErrorCodes as Code, MessageFlags, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Log, Mark, MessageRef, Outbound, OutboundFile, Receipt } from '../../core/index.ts';
import { clip } from '../../core/index.ts';
import type { Api } from './api.ts';
import { rowsToWrite } from './controls.ts';
import { codeOf, whyOf } from './errors.ts';
import { discordLimits } from './limits.ts';
import type { Memory } from './memory.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake } from './payloads.ts';
import { quiet, toDiscord } from './render.ts';
import type { Upload } from './wire.ts';

/** What the sending rooms share. */
export interface Outlet {
  readonly api: Api;
  readonly memory: Memory;
  readonly log: Log;
  /** The label of the button for a message, where one is needed; in the language of the person or place. */
  readonly write: (of: string) => string | undefined;
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
export function messageBody(at: Outlet, message: Outbound, to: string, before = '') {
  const { files = [] } = message;
  const meant = (message.mentions ?? []).filter(isSnowflake);
  return {
    content: before + meant.map(id => `<@${id}> `).join('') + toDiscord(message.text),
    components: rowsToWrite(message.buttons, at.write(to)),
    allowed_mentions: meant.length === 0 ? quiet : { ...quiet, users: meant },
    flags: MessageFlags.SuppressEmbeds,
    nonce: nonceOf(message.id, to),
    enforce_nonce: true,
    ...(files.length === 0
      ? {}
      : {
          attachments: files.map(({ name, alt = '' }, id) => ({
            id: String(id),
            filename: name,
            ...(alt !== '' && { description: clip(alt, discordLimits.alt) }),
          })),
        }),
    ...(message.replyTo && isSnowflake(message.replyTo)
      ? { message_reference: { message_id: message.replyTo, fail_if_not_exists: false } }
      : {}),
  };
}

/** A message's body. */
type MessageBody = ReturnType<typeof messageBody>;

/** What a message with files needs besides. */
const needs = (files: readonly unknown[]): string =>
  `Send Messages, Send Messages in Threads${files.length === 0 ? '' : ', Attach Files'}`;

/** Posts one message with its files. Sending into an archived thread opens it again by itself (Threads: Active & Archived Threads). */
export async function post(
  at: Outlet,
  to: string,
  body: MessageBody,
  files: readonly OutboundFile[] = [],
): Promise<Receipt> {
  const uploads = await readAll(at, files);
  if (!uploads)
    return { outcome: 'retry', afterMs: READ_AGAIN_MS, scope: 'place', why: 'a file cannot be read' };
  try {
    const sent = await at.api.post(Routes.channelMessages(to), { body, files: uploads });
    const { id, channel_id } = created.parse(sent);
    at.memory.heard(body.nonce, { address: channel_id, ref: id });
    return { outcome: 'delivered', ref: id, address: channel_id };
  } catch (error) {
    return receiptOf(at, error, { repeatable: false, uploads: files.length > 0, needs: needs(files) });
  }
}

/** Ms until a file that the desk itself could not read is tried again. */
const READ_AGAIN_MS = 10_000;

async function readAll({ log }: Outlet, files: readonly OutboundFile[]): Promise<Upload[] | undefined> {
  const uploads: Upload[] = [];
  try {
    for (const file of files) uploads.push({ name: file.name, type: file.type, bytes: await file.read() });
    return uploads;
  } catch (error) {
    log.error('discord: a file of the desk cannot be read', { why: whyOf(error) });
    return undefined;
  }
}

/** The ability to deliver. */
export async function deliver(at: Outlet, message: Outbound, to: string): Promise<Receipt> {
  return isSnowflake(to) ? post(at, to, messageBody(at, message, to), message.files) : noSuchPlace;
}

const emoji: Readonly<Record<Mark, string>> = { sent: '✅', failed: '❌', unknown: '❓' };

/** The desk's own marks, which nobody's reaction may look like. */
export const markEmoji: ReadonlySet<string> = new Set(Object.values(emoji));

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
