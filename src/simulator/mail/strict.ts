/** What large providers refuse in a mail itself. */
import type { Mail, Refusal } from './types.ts';

/** Octets of a line without its end (RFC 5321 §4.5.3.1.6, RFC 5322 §2.1.1). */
const MAX_LINE = 998;
/** RFC 5322 §3.6: these stand once at most. */
const ONCE = [
  'date',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'message-id',
  'in-reply-to',
  'references',
  'subject',
];
/** RFC 5322 §3.6 asks for the first two; Gmail for the third (support.google.com/mail/answer/81126, "message headers"). */
const NEEDED = ['date', 'from', 'message-id'];
const MESSAGE_ID = /^<[\w!#$%&'*+/=?^`{|}~.-]+@[\w.-]+>$/;

/** The headers of a mail: small letters, unfolded. */
export function headersOf(raw: Uint8Array): Mail['headers'] {
  const text = Buffer.from(raw).toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  return head
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map(line => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
    });
}

/** Why a mail is not taken; undefined for one that is. `utf8`: the client asked for SMTPUTF8. */
export function faultOf(raw: Uint8Array, utf8: boolean): Refusal | undefined {
  const bytes = Buffer.from(raw);
  if (/(?:^|[^\r])\n|\r(?!\n)/.test(bytes.toString('latin1')))
    return { status: 550, text: '5.6.11 Bare LF or CR (RFC 5321 2.3.8)' };
  if (bytes.includes(0)) return { status: 550, text: '5.6.0 NUL in the message' };
  if (
    bytes
      .toString('latin1')
      .split('\r\n')
      .some(line => line.length > MAX_LINE)
  )
    return { status: 550, text: '5.6.0 Line too long (RFC 5321 4.5.3.1.6)' };
  return faultOfHeaders(headersOf(raw), utf8);
}

function faultOfHeaders(headers: Mail['headers'], utf8: boolean): Refusal | undefined {
  const values = (name: string): string[] =>
    headers.filter(one => one.name === name).map(({ value }) => value);
  const odd = headers.find(({ name }) => !/^[\x21-\x39\x3b-\x7e]+$/.test(name));
  if (odd !== undefined) return { status: 550, text: '5.6.0 A header without a name' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (!utf8 && headers.some(({ value }) => /[^\x00-\x7f]/.test(value)))
    return { status: 550, text: '5.6.7 A header outside of ASCII without SMTPUTF8' };
  const missing = NEEDED.find(name => values(name).length === 0);
  if (missing !== undefined)
    return { status: 550, text: `5.7.1 Messages without ${missing} are not accepted` };
  const twice = ONCE.find(name => values(name).length > 1);
  if (twice !== undefined) return { status: 550, text: `5.7.1 There are several headers ${twice}` };
  if (!MESSAGE_ID.test(values('message-id')[0] ?? ''))
    return { status: 550, text: '5.7.1 The Message-ID is none' };
  if (!/@[\w.-]+>?\s*$/.test(values('from')[0] ?? '')) return { status: 550, text: '5.7.1 From is nobody' };
  if (Number.isNaN(Date.parse(values('date')[0] ?? ''))) return { status: 550, text: '5.7.1 Date is none' };
  return undefined;
}
