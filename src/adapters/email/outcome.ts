import type { Receipt, RefusedCode } from '../../core/index.ts';
import type { SmtpFault } from './api.ts';

/** A server that defers asks for patience: greylists let a mail in after five minutes (postgrey's default is 300 s), so this meets them soon after. */
const DEFERRED_MS = 110_000;
/** A full mailbox is looked at again after a quarter of an hour. */
const FULL_MS = 900_000;

/** What the failures of the server itself, in a row, mean for the wait. */
export interface Weather {
  /** Wait before anything else is sent, in ms. */
  readonly pauseMs: number;
}

/**
 * What became of a mail that was not taken, by the server's reply (RFC 5321 §4.2.1) and its enhanced code (RFC 3463, and the registry
 * iana.org/assignments/smtp-enhanced-status-codes). A code that says nothing of the address is held against nobody.
 *
 * @param ascii the address has no letter outside of ASCII
 */
export function receiptOf(
  fault: SmtpFault,
  handedOver: boolean,
  { pauseMs }: Weather,
  ascii: boolean,
): Receipt {
  const { reply } = fault;
  const why = whyOf(fault);
  if (isOfTheServer(fault))
    return handedOver && reply === undefined
      ? { outcome: 'unknown', why }
      : { outcome: 'retry', afterMs: pauseMs, scope: 'bot', why };
  if (reply === undefined) return unsent(fault, handedOver, why);
  const { status, enhanced = '' } = reply;
  if (isFull(fault)) return { outcome: 'retry', afterMs: FULL_MS, scope: 'place', why };
  // 503 says that the conversation went wrong, not that the mail is.
  if (status < 500 || status === 503) return { outcome: 'retry', afterMs: DEFERRED_MS, scope: 'place', why };
  if (!ascii && (status === 501 || status === 553 || /^5\.(?:1\.3|6\.7)$/.test(enhanced)))
    return {
      outcome: 'refused',
      code: 'invalid',
      why: `the mail server takes no addresses outside of ASCII (${why})`,
    };
  const code = codeOf(fault);
  return code === 'gone'
    ? { outcome: 'refused', code, why, everywhere: true }
    : { outcome: 'refused', code, why };
}

/** Nodemailer itself would not send it (an address, a size), or stumbled. */
function unsent({ code }: SmtpFault, handedOver: boolean, why: string): Receipt {
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'refused', code: 'invalid', why };
  return handedOver
    ? { outcome: 'unknown', why }
    : { outcome: 'retry', afterMs: DEFERRED_MS, scope: 'place', why };
}

/** Nodemailer's codes for what goes wrong before and beside the mail itself. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  'ECONNECTION',
  'ESOCKET',
  'ETIMEDOUT',
  'EABORT',
  'EDNS',
  'ETLS',
  'EAUTH',
  'ENOAUTH',
  'EPROTOCOL',
]);

/** The connection, its security or the login failed, or the server is going down (421): nothing is wrong with this mail or its reader. */
export function isOfTheServer({ code, reply }: SmtpFault): boolean {
  // 530: it wants a login or encryption first (RFC 4954 §6, RFC 3207 §4).
  return OF_THE_SERVER.has(code) || reply?.status === 421 || reply?.status === 530;
}

/** X.2.2 "mailbox full" is "valuable only as a transient error", whatever class it was said with; so is a plain 552 to an address. */
function isFull({ command, reply }: SmtpFault): boolean {
  if (reply?.enhanced !== undefined) return /^[45]\.2\.2$/.test(reply.enhanced);
  return command === 'RCPT TO' && reply?.status === 552;
}

/**
 * 5.1.x and 5.2.1 say that the mailbox is not there (5.1.7 and 5.1.8 speak of the sender); so does 5.4.1 of Microsoft ("Recipient address
 * rejected") and 5.4.4. 5.7.x is a matter of policy, and so is the rest. Without an enhanced code, 550, 551 and 553 to RCPT speak of the
 * mailbox (RFC 5321 §4.2.3).
 */
function codeOf({ command, reply }: SmtpFault): RefusedCode {
  const { status, enhanced } = reply ?? { status: 0, enhanced: undefined };
  if (enhanced === undefined) {
    if (command === 'RCPT TO' && [550, 551, 553].includes(status)) return 'gone';
    return [500, 501, 502, 504, 552].includes(status) ? 'invalid' : 'forbidden';
  }
  if (command === 'RCPT TO' && /^5\.(?:1\.(?!7$|8$)\d+|2\.1|4\.[14])$/.test(enhanced)) return 'gone';
  // At the end of DATA too, where servers speak of the one address there.
  if (command === 'DATA' && /^5\.(?:1\.(?:[1236]|10)|2\.1)$/.test(enhanced)) return 'gone';
  return /^5\.(?:2\.3|3\.4|5\.\d+|6\.\d+)$/.test(enhanced) ? 'invalid' : 'forbidden';
}

/** For logs and receipts: codes alone. The server's words can repeat the address, and more. */
function whyOf({ code, command, reply }: SmtpFault): string {
  const said = reply === undefined ? code : [reply.status, reply.enhanced].filter(Boolean).join(' ');
  return command === '' || command === 'API' || command === 'CONN' ? said : `${said} to ${command}`;
}
