import type { webApi } from '@slack/bolt';
import type { Find, Found, Log, Lookup } from '../../core/index.ts';
import { isGone, wordsFor } from './api.ts';
import { DELIVERY, readAddress } from './deliver.ts';
import { carriesId } from './files.ts';
import { addressOf } from './heard.ts';

/** Seconds before the first attempt where the search begins: clocks differ. */
const MARGIN = 60;
const PAGE = 200;
/** Pages that are read before the search gives up. */
const PAGES = 10;

interface Seen {
  readonly ts?: string;
  readonly bot_id?: string;
  readonly files?: readonly { readonly name?: string }[];
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: unknown };
}
interface Page {
  readonly messages?: readonly Seen[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

/**
 * Looks for the message that carries the delivery's id in its metadata: the head of a post that was made for it does, too. Never rejects: what cannot be read leaves
 * it `unsure`.
 */
export function createFind(web: webApi.WebClient, log: Log, deskChannel: string | undefined): Find {
  return async lookup => {
    try {
      if (lookup.kind === 'post') return await findPost(web, lookup);
      if (lookup.kind === 'thread') return await findThread(web, lookup);
      return await findCard(web, lookup, deskChannel);
    } catch (error) {
      // Nobody sees what stood there; a card's channel may be there for the bot again.
      if (lookup.kind === 'post' && isGone(error)) return { outcome: 'absent' };
      log.warn('slack: an earlier message could not be looked up', { why: wordsFor(error) });
      return { outcome: 'unsure' };
    }
  };
}

async function findPost(web: webApi.WebClient, lookup: Lookup): Promise<Found> {
  const at = lookup.to === undefined ? undefined : readAddress(lookup.to);
  if (!at) return { outcome: 'unsure' };
  const { channel, thread } = at;
  const ts = await search(lookup, scope =>
    thread
      ? web.conversations.replies({ channel, ts: thread, ...scope })
      : web.conversations.history({ channel, ...scope }),
  );
  return ts === 'unsure' || ts === 'absent' ? { outcome: ts } : { outcome: 'delivered', ref: ts };
}

async function findThread(web: webApi.WebClient, lookup: Lookup): Promise<Found> {
  if (!lookup.person) return { outcome: 'unsure' };
  const { channel: opened } = await web.conversations.open({ users: lookup.person.externalId });
  const channel = opened?.id;
  if (!channel) return { outcome: 'unsure' };
  const ts = await search(lookup, scope => web.conversations.history({ channel, ...scope }));
  if (ts === 'unsure' || ts === 'absent') return { outcome: ts };
  return { outcome: 'delivered', ref: ts, address: addressOf(channel, ts) };
}

async function findCard(web: webApi.WebClient, lookup: Lookup, channel: string | undefined): Promise<Found> {
  if (!channel) return { outcome: 'unsure' };
  const ts = await search(lookup, scope => web.conversations.history({ channel, ...scope }));
  if (ts === 'unsure' || ts === 'absent') return { outcome: ts };
  return { outcome: 'delivered', ref: ts, address: addressOf(channel, ts) };
}

interface Scope {
  readonly oldest: string;
  readonly inclusive: true;
  readonly include_all_metadata: true;
  readonly limit: number;
  readonly cursor?: string;
}

async function search(lookup: Lookup, read: (scope: Scope) => Promise<Page>): Promise<string> {
  const oldest = (lookup.since.getTime() / 1000 - MARGIN).toFixed(6);
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const scope = { oldest, inclusive: true, include_all_metadata: true, limit: PAGE } as const;
    const { messages = [], response_metadata: more } = await read({ ...scope, ...(cursor && { cursor }) });
    const ts = messages.find(
      message => carries(message, lookup.id) && !lookup.others.includes(message.ts ?? ''),
    )?.ts;
    if (ts) return ts;
    cursor = more?.next_cursor;
    if (!cursor) return 'absent';
  }
  return 'unsure';
}

function carries({ metadata, files = [], bot_id: bot }: Seen, id: string): boolean {
  if (bot && files.some(({ name = '' }) => carriesId(name, id))) return true;
  if (metadata?.event_type !== DELIVERY) return false;
  return (metadata.event_payload as { id?: unknown } | undefined)?.id === id;
}
