/** The desk in a channel: each ticket is a thread, and its first message is the card. */
import type { types, webApi } from '@slack/bolt';
import { type Card, type Log, literalInline, type OpenPost, plain, type ShowCard } from '../../core/index.ts';
import { settled } from './change.ts';
import { plainText, textBlocks } from './controls.ts';
import { post, readAddress } from './deliver.ts';
import { lengths } from './limits.ts';
import { escapeText, fallback } from './render.ts';
import type { Whereabouts } from './whereabouts.ts';

/** Milliseconds until a channel that somebody has to mend is tried again. */
const MENDING_WAIT = 60_000;

export function createOpenPost(
  web: webApi.WebClient,
  log: Log,
  channel: string,
  whereabouts: Whereabouts,
): OpenPost {
  return async card => {
    const receipt = await post(web, log, {
      id: card.id,
      text: card.title,
      blocks: cardBlocks(card),
      channel,
    });
    if (receipt.outcome === 'delivered' && receipt.ref) whereabouts.begins(channel, receipt.ref);
    if (receipt.outcome !== 'refused' || receipt.code !== 'gone') return receipt;
    // Not the ticket's fault: somebody has to mend it, and then every ticket gets its post.
    log.error(
      'slack: the desk channel cannot be written to: check SLACK_DESK_CHANNEL_ID, and invite the app',
      {
        why: receipt.why,
      },
    );
    return { outcome: 'retry', afterMs: MENDING_WAIT, scope: 'opens', why: receipt.why };
  };
}

export function createShowCard(web: webApi.WebClient, log: Log): ShowCard {
  return async (card, to, ref) => {
    const { channel, thread } = readAddress(to) ?? {};
    const ts = ref ?? thread;
    if (!channel || !ts) return { outcome: 'refused', code: 'invalid', why: 'not an address of Slack' };
    const shown = { text: fallback(escapeText(card.title)), blocks: cardBlocks(card) };
    const receipt = await settled(log, ts, web.chat.update({ channel, ts, ...shown, link_names: false }));
    return receipt.outcome === 'delivered' ? { ...receipt, address: to } : receipt;
  };
}

/** The card as one message: headline, tags, what is known, the beginning of the request, buttons, and how to write here. */
function cardBlocks({ title, tags, lines, body, buttons, hint, urgent }: Card): types.KnownBlock[] {
  const labels = [urgent ? '🚨' : '', ...tags.map(({ label }) => label)].filter(Boolean).join(' · ');
  const facts = lines.map(({ label, value }) => `**${literalInline(label)}:** ${value}`).join('\\\n');
  const text = [facts, body].filter(Boolean).join('\n\n');
  const [head, ...rest] = textBlocks(text, buttons, title);
  const note = (words: string): types.KnownBlock[] =>
    words === '' ? [] : [{ type: 'context', elements: [plainText(words, lengths.text)] }];
  return [...(head ? [head] : []), ...note(labels), ...rest, ...timesLeft(lines), ...note(hint)];
}

/**
 * What is due, in the reader's own zone, with the time that is left: Slack keeps it true by itself
 * (https://docs.slack.dev/messaging/formatting-message-text#date-formatting). Who cannot see that reads the time as the desk says it.
 */
function timesLeft(lines: Card['lines']): types.KnownBlock[] {
  const elements = lines.flatMap(({ label, value, until }) =>
    until === undefined
      ? []
      : [
          {
            type: 'mrkdwn' as const,
            text: `⏱ ${escapeText(label)}: <!date^${Math.floor(until.getTime() / 1000)}^{date_short_pretty} {time} ({ago})|${dateFallback(value)}>`,
          },
        ],
  );
  return elements.length === 0 ? [] : [{ type: 'context', elements: elements.slice(0, CONTEXT_ELEMENTS) }];
}

/** A context block holds ten (https://docs.slack.dev/reference/block-kit/blocks/context-block). */
const CONTEXT_ELEMENTS = 10;

/** The signs that end a date, and those that begin anything, have no place in what stands for it. */
function dateFallback(value: string): string {
  return plain(value).replace(/[<>|&]/g, ' ');
}
