import { domainToASCII } from 'node:url';
import { isBlank, tidy } from '../../text/index.ts';
import type { Reading } from './network.ts';

/** The provider's own key of something: it stands in web addresses and files, so it is visible ASCII. */
export function readRef(text: string): Reading {
  const value = text.trim();
  if (/^[A-Za-z0-9][!-~]{0,99}$/.test(value)) return { value };
  return {
    fault:
      'a ref is 1 to 100 letters (a–z), digits and signs, without spaces; it begins with a letter or digit',
  };
}

/** What tidying leaves as it is; most of a long file is so. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** A name, a title, a place: one line. Line ends are refused, not mended: in a name they are a mistake, or an attempt on mail headers. */
export function readLine(text: string, max: number): Reading {
  if (/[\r\n\u0085\u2028\u2029\0]/.test(text)) return { fault: 'is more than one line; write it on one' };
  const value = PLAIN.test(text) ? text : tidy(text).replace(/\s+/gu, ' ');
  if (isBlank(value)) return { fault: 'is empty' };
  return value.length > max ? { fault: `is longer than ${max} characters` } : { value };
}

/** The name of a rack. With its location it is written WAW1/R12, so spaces around a slash mean nothing. */
export function readRack(text: string, max: number): Reading {
  return readLine(text.replace(/ *\/ */g, '/'), max);
}

/** A language as BCP 47 (RFC 5646), in its usual writing. */
export function readLanguage(text: string): Reading {
  const fault = { fault: 'is no language; write en, pl or pt-BR (BCP 47)' };
  const given = text.trim();
  if (/^[a-z]{2,3}_/i.test(given))
    return { fault: `is no language; write it with a dash: ${given.replaceAll('_', '-')}` };
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(given)) return fault;
  try {
    const [value] = Intl.getCanonicalLocales(given);
    return value === undefined ? fault : { value };
  } catch {
    return fault;
  }
}

/** Zones that were found right: to look one up takes a tenth of a millisecond, and a file has the same few. */
const zones = new Map<string, string>();

/** A time zone by its IANA name. An offset is none: it knows nothing of summer time. */
export function readZone(text: string): Reading {
  const given = text.trim();
  const fault = { fault: 'is no time zone; use a name such as Europe/Warsaw (IANA)' };
  const known = zones.get(given);
  if (known !== undefined) return { value: known };
  if (!/^[a-z]/i.test(given)) return fault;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions();
    // An older name of a zone stays as it was given.
    const value = timeZone.toLowerCase() === given.toLowerCase() ? timeZone : given;
    zones.set(given, value);
    return { value };
  } catch {
    return fault;
  }
}

/** The number of an order, without its #: the digits that customers type. */
export function readOrder(text: string): Reading {
  const value = text.replaceAll(/[\s#]/g, '');
  return /^\d{4,12}$/.test(value)
    ? { value }
    : { fault: 'is no order number: 4 to 12 digits, such as 123456' };
}

/** The part before the @: a dot-atom (RFC 5322 §3.4.1); longest as RFC 5321 §4.5.3.1 says. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/;

/** One mail address in small letters, and nothing beside it: no name, no second address, no line that could become a header. */
export function readMail(text: string): Reading {
  const given = text.trim().toLowerCase();
  if (/[\r\n\0]/.test(given)) return { fault: 'is more than one line' };
  if (/[<>"]/.test(given)) return { fault: 'give the address alone, without a name: jan@example.com' };
  if (/[\s,;]/.test(given)) return { fault: 'give one address in each place' };
  const at = given.lastIndexOf('@');
  const local = given.slice(0, at);
  const name = at === -1 ? '' : given.slice(at + 1);
  const domain = DOMAIN.test(name) ? name : domainToASCII(name);
  if (at < 1 || local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain))
    return { fault: 'is no mail address, such as jan@example.com' };
  const value = `${local}@${domain}`;
  return value.length > 254 ? { fault: 'is longer than 254 characters' } : { value };
}
