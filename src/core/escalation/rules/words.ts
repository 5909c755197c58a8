import type { PageWay } from '../../policy/index.ts';

/** What somebody asks of their own duty: to see it, to begin or end it, or to be paged in another order. */
export type DutyAsked =
  | { readonly do: 'show' | 'on' | 'off' }
  | { readonly do: 'ways'; readonly ways: readonly PageWay[] };

const WAYS: Readonly<Record<string, PageWay>> = {
  dm: 'dm',
  pw: 'dm',
  mention: 'mention',
  wzmianka: 'mention',
  mail: 'mail',
  email: 'mail',
  poczta: 'mail',
};

/** Reads `on`, `off`, `dm mention mail` or nothing, in English or Polish; undefined for everything else. */
export function readDuty(text: string): DutyAsked | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,>→]+/u)
    .filter(Boolean);
  const [first = '', ...rest] = words;
  if (first === '') return { do: 'show' };
  if (rest.length === 0 && ['on', 'start', 'tak'].includes(first)) return { do: 'on' };
  if (rest.length === 0 && ['off', 'stop', 'nie'].includes(first)) return { do: 'off' };
  const ways = words.map(word => (Object.hasOwn(WAYS, word) ? WAYS[word] : undefined));
  if (ways.includes(undefined) || words.length > 3) return undefined;
  return { do: 'ways', ways: [...new Set(ways as PageWay[])] };
}

/** What somebody asks of the shifts: to see them, to stand in, to give that back, or the address of their own calendar. */
export interface OncallAsked {
  readonly do: 'show' | 'take' | 'drop' | 'feed';
  readonly rest: string;
}

const DEEDS: Readonly<Record<string, OncallAsked['do']>> = {
  '': 'show',
  take: 'take',
  weź: 'take',
  wez: 'take',
  drop: 'drop',
  oddaj: 'drop',
  feed: 'feed',
  calendar: 'feed',
  kalendarz: 'feed',
};

/** Reads `take …`, `drop NAME`, `feed` or nothing, in English or Polish; undefined for everything else. */
export function readOncall(text: string): OncallAsked | undefined {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const word = first.toLowerCase();
  const deed = Object.hasOwn(DEEDS, word) ? DEEDS[word] : undefined;
  return deed === undefined ? undefined : { do: deed, rest: rest.trim() };
}
