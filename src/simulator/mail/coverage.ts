import type { Coverage } from '../model.ts';

/** Commands and extensions of SMTP, and how far the pretend server goes. */
export const COVERAGE: readonly Coverage[] = [
  { method: 'EHLO', state: 'supported' },
  { method: 'HELO', state: 'supported' },
  { method: 'STARTTLS', state: 'partial', note: 'only with a key and a certificate given' },
  { method: 'AUTH', state: 'partial', note: 'PLAIN and LOGIN' },
  { method: 'MAIL', state: 'supported' },
  { method: 'RCPT', state: 'supported' },
  { method: 'DATA', state: 'supported' },
  { method: 'RSET', state: 'supported' },
  { method: 'NOOP', state: 'supported' },
  { method: 'QUIT', state: 'supported' },
  { method: 'VRFY', state: 'partial', note: 'tells nobody anything, as servers do today (RFC 5321 §7.3)' },
  { method: 'PIPELINING', state: 'supported' },
  { method: 'SIZE', state: 'supported' },
  { method: '8BITMIME', state: 'supported' },
  { method: 'SMTPUTF8', state: 'supported' },
  { method: 'ENHANCEDSTATUSCODES', state: 'partial', note: 'replies carry them; the extension is not named' },
  { method: 'CHUNKING', state: 'absent', note: 'nodemailer does not use it' },
  { method: 'DSN', state: 'absent', note: 'the desk reads no mail yet, so no bounce comes back' },
  { method: 'IMAP', state: 'absent', note: 'comes with incoming mail' },
];
