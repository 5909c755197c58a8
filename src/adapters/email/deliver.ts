import { type Address, backoff, type Log, type Outbound, type Receipt } from '../../core/index.ts';
import { spotOf } from './address.ts';
import type { Post } from './api.ts';
import type { EmailConfig } from './config.ts';
import { type Letter, letterOf } from './letter.ts';
import { MAX_FILES } from './limits.ts';
import { isOfTheServer, receiptOf } from './outcome.ts';

/** What sending works with. */
export interface Outlet {
  readonly config: EmailConfig;
  readonly post: Post;
  readonly log: Log;
  /** Failures of the server itself, in a row. */
  readonly trouble: { inARow: number };
}

/** The first and the longest wait for a server that cannot be had, in ms. */
const FIRST_MS = 2_000;
const LONGEST_MS = 120_000;

/** Sends one message as one mail, once. */
export async function deliver(at: Outlet, message: Outbound, to: Address): Promise<Receipt> {
  const spot = spotOf(to);
  if (spot === undefined) return { outcome: 'refused', code: 'invalid', why: 'it is no mail address' };
  const bytes = (message.files ?? []).reduce((sum, { size }) => sum + size, 0);
  if (bytes > MAX_FILES)
    return { outcome: 'refused', code: 'invalid', why: 'the files are too large for one mail' };
  return send(at, await letterOf(message, spot, at.config));
}

async function send({ post, log, trouble }: Outlet, letter: Letter): Promise<Receipt> {
  const posted = await post.send(letter);
  if (posted.done) {
    trouble.inARow = 0;
    return { outcome: 'delivered', ref: letter.messageId.slice(1, -1) };
  }
  const { fault, handedOver } = posted;
  trouble.inARow = isOfTheServer(fault) ? trouble.inARow + 1 : 0;
  const pauseMs = backoff(trouble.inARow, FIRST_MS, LONGEST_MS);
  const receipt = receiptOf(fault, handedOver, { pauseMs }, isAscii(letter.to));
  if (trouble.inARow === 1)
    log.warn('mail: the server does not take mail', { code: fault.code, status: fault.reply?.status });
  return receipt;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
