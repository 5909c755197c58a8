import { z } from 'zod';

/** A language: two small letters. */
export const locale = z.string().regex(/^[a-z]{2}$/, 'a language is two small letters, such as en');
/** A name in several languages. */
export const words = z.record(locale, z.string().min(1).max(60));
/** An id that other parts of the policy, and people in commands, name. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'an id is 1 to 20 small letters, digits or dashes');

/** "90s", "10m", "2h", "14d" → seconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[smhd]$/, 'a duration is a number with s, m, h or d, such as 10m')
  .transform(text => Number(text.slice(0, -1)) * { s: 1, m: 60, h: 3600, d: 86_400 }[text.at(-1) as 's']);

/** An IANA zone. */
export const zone = z.string().refine(isZone, 'not a time zone; use a name such as Europe/Warsaw');

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
