import { ChannelType, RESTJSONErrorCodes as Code, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { OutboundThread, Receipt } from '../../core/index.ts';
import { oneLine } from '../../core/index.ts';
import type { Crowded } from './active.ts';
import { withRoom } from './active.ts';
import { chatOf } from './chat.ts';
import { messageBody, post } from './deliver.ts';
import { codeOf } from './errors.ts';
import { discordLimits } from './limits.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake } from './payloads.ts';
import { quiet } from './render.ts';

/** Minutes after which an idle thread is archived: the longest there is, a week (Start Thread: 60, 1440, 4320, 10080). */
const ARCHIVE_AFTER_MIN = 10_080;
/** Codes for a name that Discord does not like: AutoMod's, and the form's own. */
const BAD_NAME: ReadonlySet<number | undefined> = new Set([
  Code.TitleWasBlockedByAutomaticModeration,
  Code.MessageWasBlockedByAutomaticModeration,
  Code.InvalidFormBodyOrContentType,
]);

const invalid = (why: string): Receipt => ({ outcome: 'refused', code: 'invalid', why });

/** A thread is known by where it is and by its mark. */
export const threadKey = (near: string, mark: string): string => `${near} ${mark}`;

/**
 * Opens a private thread and says the first words in it, in two calls: the owner's mention in the first message is what
 * adds them to the thread, and the one ping that the desk ever makes. With `invitable: false` the bot needs Manage Threads.
 * Without a channel to hang it from (the thread was deleted), the ticket goes on in the bot's chat with the person.
 */
export async function openThread(at: Crowded, thread: OutboundThread): Promise<Receipt> {
  const { near, person, mark } = thread;
  if (!isSnowflake(person.externalId)) return invalid('the person has no Discord id');
  if (near === undefined) return openChat(at, thread);
  if (!isSnowflake(near)) return invalid('a private thread needs a channel to hang from');
  const key = threadKey(near, mark);
  let address = at.memory.emptyThreads.get(key);
  try {
    address ??= await create(at, near, thread);
  } catch (error) {
    const needs = 'Create Private Threads, Manage Threads';
    return receiptOf(at, error, { repeatable: false, opens: true, needs });
  }
  at.memory.emptyThreads.set(key, address);
  const locale = at.memory.locales.get(person.externalId);
  if (locale !== undefined) at.memory.locales.set(address, locale);
  const body = {
    ...messageBody(at, thread, address, `<@${person.externalId}>\n`),
    allowed_mentions: { ...quiet, users: [person.externalId] },
  };
  const said = await post(at, address, body, thread.files);
  if (said.outcome === 'delivered') at.memory.emptyThreads.delete(key);
  return said;
}

async function openChat(at: Crowded, thread: OutboundThread): Promise<Receipt> {
  try {
    const to = await chatOf(at, thread.person.externalId);
    return await post(at, to, messageBody(at, thread, to), thread.files);
  } catch (error) {
    return receiptOf(at, error, { repeatable: true, needs: 'Send Messages' });
  }
}

async function create(at: Crowded, near: string, { title, mark }: OutboundThread): Promise<string> {
  const body = {
    type: ChannelType.PrivateThread,
    invitable: false,
    auto_archive_duration: ARCHIVE_AFTER_MIN,
  };
  const start = (name: string) => at.api.post(Routes.threads(near), { body: { ...body, name } });
  return withRoom(at, () => named(title, mark, start));
}

/** Starts a thread under its title; under its mark alone when Discord does not like the title. Returns its id. */
export async function named(
  title: string,
  mark: string,
  start: (name: string) => Promise<unknown>,
): Promise<string> {
  const made = await start(oneLine(title, discordLimits.threadName) || mark).catch((error: unknown) => {
    if (BAD_NAME.has(codeOf(error)) && title !== mark) return start(mark);
    throw error;
  });
  return z.object({ id: z.string() }).parse(made).id;
}
