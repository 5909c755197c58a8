/** What becomes of a message of ours afterwards: shown anew, taken back; and reactions, which are the bot's own. */
import { webApi } from '@slack/bolt';
import type { Echo, Edit, Log, Mark, React, Receipt, Remove } from '../../core/index.ts';
import { receiptOf } from './api.ts';
import { textBlocks } from './controls.ts';
import { readAddress } from './deliver.ts';
import { nameOf } from './emoji.ts';
import { fallback } from './render.ts';

const refused = (why: string): Receipt => ({ outcome: 'refused', code: 'invalid', why });
const noAddress = refused('not an address of Slack');

/** Shows a message anew; what Slack keeps with it (metadata, files) stays: https://docs.slack.dev/reference/methods/chat.update */
export function createEdit(web: webApi.WebClient, log: Log): Edit {
  return async ({ text, buttons }, to, ref) => {
    const channel = readAddress(to)?.channel;
    if (!channel) return noAddress;
    const shown = { text: fallback(text), blocks: textBlocks(text, buttons) };
    return settled(log, ref, web.chat.update({ channel, ts: ref, ...shown, link_names: false }));
  };
}

export function createRemove(web: webApi.WebClient, log: Log): Remove {
  return async (to, ref) => {
    const channel = readAddress(to)?.channel;
    if (!channel) return noAddress;
    return settled(log, ref, web.chat.delete({ channel, ts: ref }), 'message_not_found');
  };
}

export function createEcho(web: webApi.WebClient, log: Log): Echo {
  return async (emoji, on, to, ref) => {
    const name = nameOf(emoji);
    if (name === undefined) return refused('Slack has no such emoji');
    return reaction(web, log, { name, on, to, ref });
  };
}

const marks: Readonly<Record<Mark, string>> = { sent: 'white_check_mark', failed: 'x', unknown: 'question' };
const allMarks: readonly Mark[] = ['sent', 'failed', 'unknown'];

/** Marks that are remembered. */
const KEPT = 2_000;

/** One mark at a time: an earlier one is taken away after the new one stands. `since` is when the process began to remember. */
export function createReact(web: webApi.WebClient, log: Log, since: Date): React {
  const put = new Map<string, Mark>();
  return async (mark, to, ref) => {
    const receipt = await reaction(web, log, { name: marks[mark], on: true, to, ref });
    if (receipt.outcome !== 'delivered') return receipt;
    const before = put.has(ref) || Number(ref) * 1000 >= since.getTime() ? [put.get(ref)] : allMarks;
    for (const other of before.filter((one): one is Mark => one !== undefined && one !== mark)) {
      const gone = await reaction(web, log, { name: marks[other], on: false, to, ref });
      if (gone.outcome !== 'delivered') return gone;
    }
    put.delete(ref);
    put.set(ref, mark);
    const oldest = put.size > KEPT ? put.keys().next().value : undefined;
    if (oldest !== undefined) put.delete(oldest);
    return receipt;
  };
}

interface Reaction {
  readonly name: string;
  readonly on: boolean;
  readonly to: string;
  readonly ref: string;
}

/** A message that is gone needs none. */
function reaction(web: webApi.WebClient, log: Log, { name, on, to, ref }: Reaction): Promise<Receipt> {
  const channel = readAddress(to)?.channel;
  if (!channel) return Promise.resolve(noAddress);
  const item = { channel, timestamp: ref, name };
  return on
    ? settled(log, ref, web.reactions.add(item), 'already_reacted', 'message_not_found')
    : settled(log, ref, web.reactions.remove(item), 'no_reaction', 'message_not_found');
}

/** Milliseconds until what may be done twice is done again. */
const AGAIN = 5_000;

/** What became of it; with one of the codes it was done already. Twice is as good as once: no answer means once more. */
export async function settled(
  log: Log,
  ref: string | undefined,
  call: Promise<unknown>,
  ...done: string[]
): Promise<Receipt> {
  try {
    await call;
    return delivered(ref);
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && done.includes(error.data.error)) return delivered(ref);
    const receipt = receiptOf(error, log);
    return receipt.outcome === 'unknown'
      ? { outcome: 'retry', afterMs: AGAIN, scope: 'place', why: receipt.why }
      : receipt;
  }
}

const delivered = (ref: string | undefined): Receipt => ({ outcome: 'delivered', ...(ref && { ref }) });
