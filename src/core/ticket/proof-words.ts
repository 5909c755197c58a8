import type { Context } from '../context.ts';
import type { Content } from '../outbox/index.ts';
import { raw } from '../text/index.ts';

/**
 * The way to prove who one is, for a ticket: words, and a button to give the code. The number is 0 for a ticket that is being opened; it is put
 * in when it is sent.
 */
export function proofRequest(
  ctx: Context,
  key: 'prove-asked' | 'prove-emergency',
  locale: string,
  number: number,
): Extract<Content, { say: string }> {
  const area = ctx.policy.trust.client_area;
  return {
    say: area === undefined ? key : `${key}-at`,
    args: { number, ...(area !== undefined && { area: raw(`<${area}>`) }) },
    locale,
    buttons: [{ action: number === 0 ? 'prove' : `prove:${number}`, say: 'button-prove', style: 'primary' }],
  };
}
