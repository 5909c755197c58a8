/** What was written while nobody listened: read back, and taken as if Slack had told of it just now. */
import { setTimeout as pause } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { CatchUp, KnownMessage, KnownPlace, Sink } from '../../core/index.ts';
import { wordsFor } from './api.ts';
import { readAddress } from './deliver.ts';
import type { Take } from './listen.ts';
import { changesIn, type Stands } from './missed-changes.ts';

/** https://docs.slack.dev/reference/methods/conversations.replies: at most 1,000, 200 are advised. */
const PAGE = 200;
/** Pages of one place, and waits of one page, until it is left out. */
const PAGES = 20;
const WAITS = 5;
/** The longest single wait for Slack's limits (tier 3), milliseconds. */
const LONGEST_WAIT = 90_000;
/** The last microsecond of a second: Slack tells of an old change only the second. */
const LAST_MICRO = '999999';

interface Seen extends Stands {
  readonly edited?: { readonly ts?: string };
}
interface Page {
  readonly messages?: readonly Seen[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** Codes with which Slack says that a place cannot be read, now or later. */
const CLOSED: ReadonlySet<string> = new Set([
  'channel_not_found',
  'thread_not_found',
  'is_archived',
  'not_in_channel',
  'missing_scope',
  'no_permission',
  'access_denied',
]);

/** Looks through a place. Who the bot is, is asked for once. */
export function createCatchUp(web: webApi.WebClient, take: Take, now: () => Date): CatchUp {
  let envelope: Envelope | undefined;
  return async (sink, place, signal) => {
    const { channel, thread } = readAddress(place.address) ?? {};
    if (!channel) return 'the address is none of Slack';
    const began = now();
    let found: Read;
    try {
      envelope ??= await envelopeOf(web, signal);
      found = await since(web, place, { channel, thread }, signal);
    } catch (error) {
      const why = wordsFor(error);
      if (CLOSED.has(why)) return why;
      throw new Error(why, { cause: error });
    }
    for (const message of found.messages)
      for (const event of eventsOf(message, channel)) {
        const event_id = `late:${channel}:${message.ts}`;
        await hand(take, sink, { ...envelope, event_id, event }, now());
      }
    // Of the chat with the app only what hangs from nothing is told: what is missing there says nothing.
    if (!thread || !found.whole) return undefined;
    const { address, known = [] } = place;
    const here = { address, began, space: envelope.team_id, bot: envelope.authorizations[0]?.user_id ?? '' };
    for (const change of changesIn(newerThan(oldestOf(place), known), found.messages, here))
      await sink(change);
    return undefined;
  };
}

type Envelope = Awaited<ReturnType<typeof envelopeOf>>;

async function envelopeOf(web: webApi.WebClient, signal: AbortSignal) {
  const { team_id = '', user_id = '' } = await patiently(() => web.auth.test(), signal);
  return { type: 'event_callback', team_id, authorizations: [{ user_id, is_bot: true }] };
}

async function hand(take: Take, sink: Sink, payload: unknown, at: Date): Promise<void> {
  const received = await take(payload, at);
  if (received.verified) await received.respond(await Promise.all(received.inbound.map(sink)));
}

/** What was read, oldest first; `whole` when nothing was left out. */
interface Read {
  readonly messages: readonly Seen[];
  readonly whole: boolean;
}

const oldestOf = ({ lastRef, since }: KnownPlace): string => lastRef ?? (since.getTime() / 1000).toFixed(6);
const newerThan = (oldest: string, known: readonly KnownMessage[]): KnownMessage[] =>
  known.filter(({ ref }) => Number(ref) > Number(oldest));

/** The messages of a place since the last known one. */
async function since(
  web: webApi.WebClient,
  place: KnownPlace,
  { channel, thread }: { readonly channel: string; readonly thread: string | undefined },
  signal: AbortSignal,
): Promise<Read> {
  const oldest = oldestOf(place);
  const all: Seen[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const scope = { channel, oldest, limit: PAGE, ...(cursor && { cursor }) };
    const { messages = [], response_metadata: more }: Page = await patiently(
      () => (thread ? web.conversations.replies({ ...scope, ts: thread }) : web.conversations.history(scope)),
      signal,
    );
    // The first message of a thread comes with each page.
    all.push(...messages.filter(({ ts = '' }) => Number(ts) > Number(oldest) && ts !== thread));
    cursor = more?.next_cursor;
    if (!cursor) break;
  }
  return { messages: all.sort((a, b) => Number(a.ts) - Number(b.ts)), whole: !cursor };
}

/** A message as Slack would have told of it; a changed one also as a change, for it may be known in its old words. */
function eventsOf(message: Seen, channel: string): unknown[] {
  const said = { ...message, type: 'message', channel };
  const second = message.edited?.ts?.split('.')[0];
  if (second === undefined) return [said];
  const ts = `${second}.${LAST_MICRO}`;
  return [said, { type: 'message', subtype: 'message_changed', channel, ts, event_ts: ts, message }];
}

/** Asks again when Slack says to wait. */
async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof webApi.WebAPIRateLimitedError) || waits >= WAITS) throw error;
      await pause(Math.min(error.retryAfter * 1000, LONGEST_WAIT), undefined, { signal, ref: false });
    }
  }
}
