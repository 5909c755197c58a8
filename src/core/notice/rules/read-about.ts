import { isIP } from 'node:net';
import type { Impact, NoticeObject, ObjectType } from '../model.ts';

const types: Readonly<Record<string, ObjectType>> = {
  location: 'location',
  lokalizacja: 'location',
  rack: 'rack',
  szafa: 'rack',
  network: 'network',
  net: 'network',
  ip: 'network',
  sieć: 'network',
  siec: 'network',
  product: 'product',
  produkt: 'product',
  order: 'order',
  zamówienie: 'order',
  zamowienie: 'order',
  service: 'service',
  usługa: 'service',
  usluga: 'service',
  account: 'account',
  konto: 'account',
  all: 'all',
  wszyscy: 'all',
};

const felt: Readonly<Record<string, Impact>> = {
  none: 'none',
  żaden: 'none',
  reduced: 'reduced',
  mniejszy: 'reduced',
  degraded: 'degraded',
  gorzej: 'degraded',
  outage: 'outage',
  awaria: 'outage',
};

const found = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word.toLowerCase()) ? table[word.toLowerCase()] : undefined;

/**
 * What a notice is about, a line each, as staff write it: `WAW1`, `WAW1/R12`, `rack R12`, `203.0.113.0/24 = degraded`, `#123456`, `product vps`,
 * `service s-1 @2` (in the second window), `account A-1 @3` (in the third, which is theirs alone), `all = none`. What is neither an address nor an order number is a rack if there is a slash in it, and else
 * a location. The first line that is not understood ends it.
 */
export function readAbout(
  text: string,
): { readonly objects: readonly NoticeObject[] } | { readonly line: string } {
  const objects: NoticeObject[] = [];
  for (const line of text.split('\n').map(one => one.trim())) {
    if (line === '') continue;
    const one = readObject(line);
    if (one === undefined) return { line };
    objects.push(one);
  }
  return { objects };
}

function readObject(line: string): NoticeObject | undefined {
  const [, what = '', impactWord, windowWords] =
    /^([^=@]+?)\s*(?:=\s*(\p{L}+))?\s*(?:@\s*([\d,\s]+))?$/u.exec(line) ?? [];
  const impact = impactWord === undefined ? 'outage' : found(felt, impactWord);
  if (what === '' || impact === undefined) return undefined;
  const windows = windowWords
    ?.split(',')
    .map(word => Number(word.trim()) - 1)
    .filter(index => index >= 0);
  return { ...objectOf(what), impact, ...(windows !== undefined && { windows }) };
}

function objectOf(what: string): Pick<NoticeObject, 'type' | 'value'> {
  const [first = '', ...rest] = what.split(/\s+/);
  const named = found(types, first);
  if (named === 'all' && rest.length === 0) return { type: 'all', value: '' };
  if (named !== undefined && named !== 'all' && rest.length > 0)
    return { type: named, value: rest.join(' ') };
  if (isIP(what.split('/')[0] ?? '') !== 0) return { type: 'network', value: what };
  if (/^#\d+$/.test(what)) return { type: 'order', value: what };
  return { type: what.includes('/') ? 'rack' : 'location', value: what };
}

/** Objects as they would be written. */
export function writeAbout(objects: readonly NoticeObject[]): string {
  return objects
    .map(({ type, value, impact, windows }) => {
      const at = windows === undefined ? '' : ` @${windows.map(index => index + 1).join(',')}`;
      return `${[type, value].filter(Boolean).join(' ')} = ${impact}${at}`;
    })
    .join('\n');
}
