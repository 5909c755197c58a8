/**
 * In which conversation a message stands. Slack does not always say: a reaction names a channel and a time only, and of a thread in
 * the chat with the app nobody says whether it is a ticket's or hangs from something loose.
 */
import { webApi } from '@slack/bolt';
import type { Address, Log, MessageRef } from '../../core/index.ts';
import { wordsFor } from './api.ts';
import { addressOf, isDirectChat } from './heard.ts';
import { within } from './identify.ts';

/** Milliseconds a look-up may take: the answer to Slack is due within 3,000. */
const PATIENCE = 1_500;
const KEPT = 5_000;

/** A message whose conversation is wanted. `thread` as Slack told it; `lone`: it told that there is none. */
export interface Spot {
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string | undefined;
  readonly lone?: boolean;
}

/** Where a message stands, in the words of the port. `replyTo`: it hangs from this message of the chat. */
export interface Where {
  readonly place: Address;
  readonly direct: boolean;
  readonly replyTo?: MessageRef;
}

interface Fact {
  /** The root of its thread, itself when it is one. */
  readonly thread?: string | undefined;
  /** It is the first message of a ticket's conversation. */
  readonly head: boolean;
}

/** Where messages stand. */
export interface Whereabouts {
  /** A message of ours begins a ticket's conversation. */
  begins(channel: string, ts: string): void;
  /** A message stands in a thread. */
  stands(channel: string, ts: string, thread: string): void;
  /** Rejects when it has to be asked for and Slack does not say in time. */
  of(spot: Spot): Promise<Where>;
}

export function createWhereabouts(web: webApi.WebClient, log: Log): Whereabouts {
  const facts = new Map<string, Fact>();
  const running = new Map<string, Promise<Fact>>();
  const keep = (channel: string, ts: string, fact: Fact): Fact => {
    facts.set(`${channel}/${ts}`, fact);
    const oldest = facts.size > KEPT ? facts.keys().next().value : undefined;
    if (oldest !== undefined) facts.delete(oldest);
    return fact;
  };
  const ask = async (channel: string, ts: string): Promise<Fact> => {
    try {
      // tier 3, the :history scopes: https://docs.slack.dev/reference/methods/conversations.replies
      const { messages = [] } = await web.conversations.replies({ channel, ts, limit: 1, inclusive: true });
      const found = messages.find(one => one.ts === ts) ?? messages[0];
      return keep(channel, ts, { thread: found?.thread_ts, head: found?.ts === ts && isHead(found) });
    } catch (error) {
      if (isGone(error)) return keep(channel, ts, { head: false });
      throw error;
    }
  };
  const asked = (channel: string, ts: string): Promise<Fact> => {
    const key = `${channel}/${ts}`;
    const asking = running.get(key) ?? ask(channel, ts).finally(() => running.delete(key));
    running.set(key, asking);
    return asking;
  };
  const look = async (channel: string, ts: string): Promise<Fact> => {
    const fact = facts.get(`${channel}/${ts}`) ?? (await within(PATIENCE, asked(channel, ts)));
    if (fact === undefined) throw new Error('Slack did not say in time where a message is');
    return fact;
  };
  /** A thread in somebody's chat with the app: a ticket's, unless its first message is something else for certain. */
  const inChat = async (channel: string, thread: string): Promise<Where> => {
    const place = addressOf(channel, thread);
    try {
      const { head } = await look(channel, thread);
      return head ? { place, direct: false } : { place: channel, direct: true, replyTo: thread };
    } catch (error) {
      log.warn('slack: the head of a thread could not be read', { why: wordsFor(error) });
      return { place, direct: false };
    }
  };

  return {
    begins: (channel, ts) => void keep(channel, ts, { thread: ts, head: true }),
    stands: (channel, ts, thread) => void keep(channel, ts, { thread, head: false }),
    async of({ channel, ts, thread, lone }) {
      const direct = isDirectChat(channel);
      if (lone) return { place: channel, direct };
      const fact =
        thread === undefined ? await look(channel, ts) : keep(channel, ts, { thread, head: false });
      if (fact.head) return { place: addressOf(channel, ts), direct: false };
      if (fact.thread === undefined || fact.thread === ts) return { place: channel, direct };
      return direct
        ? inChat(channel, fact.thread)
        : { place: addressOf(channel, fact.thread), direct: false };
    },
  };
}

/** Ours, with a headline: only the first message of a conversation has one. */
function isHead(message: { bot_id?: string; blocks?: { type?: string }[] }): boolean {
  return Boolean(message.bot_id) && message.blocks?.[0]?.type === 'header';
}

const GONE: ReadonlySet<string> = new Set(['thread_not_found', 'message_not_found', 'channel_not_found']);
const isGone = (error: unknown): boolean =>
  error instanceof webApi.WebAPIPlatformError && GONE.has(error.data.error);
