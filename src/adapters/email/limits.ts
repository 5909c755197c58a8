import type { Limits } from '../../core/index.ts';

/** Mails a second when nothing else is said: small servers take some hundred a minute. */
const PER_SECOND = 5;
/**
 * Bytes of all files of one mail, before they become base64 (4/3 of it). Gmail and most others take 25 MB for a whole mail
 * (support.google.com/mail/answer/6584): 17 MiB of files are 24 MB there.
 */
export const MAX_FILES = 17 * 1024 * 1024;
/** UTF-16 units of a subject: what lists of mails show, and far below a line's 998 octets (RFC 5322 §2.1.1). */
export const MAX_SUBJECT = 150;

/** What mail carries. */
export function limitsFor(perSecond = PER_SECOND): Limits {
  return {
    text: 100_000,
    measure: markdown => markdown.length,
    forms: 'none',
    places: 'per-ticket',
    bot: { perSecond, burst: Math.max(1, Math.ceil(perSecond)) },
    // Nobody's mailbox is to be filled within seconds; large providers slow senders down who do.
    place: { perSecond: 1, burst: 5 },
    way: 'mail',
    subject: MAX_SUBJECT,
    // A mail that is sent again has the same Message-ID. Every mail server sends again after a lost answer (RFC 5321 §4.5.3.2.6, RFC 1047),
    // and mailboxes know the second by it: Cyrus (`duplicatesuppression`, on by default), Gmail and Exchange show it once. A plain Dovecot or
    // Courier shows it twice, as it does with everybody's mail; to lose a mail is worse.
    resendIsSafe: true,
    files: { count: 10, bytes: MAX_FILES, together: MAX_FILES },
  };
}
