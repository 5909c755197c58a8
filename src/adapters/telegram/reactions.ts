import type { Reaction } from './shape.ts';

/** Telegram leaves the variation selector out (core.telegram.org/bots/api#reactiontypeemoji); these are qualified with one. */
const QUALIFIED: readonly (readonly [bare: string, qualified: string])[] = [
  ['❤‍🔥', '❤️‍🔥'],
  ['❤', '❤️'],
  ['✍', '✍️'],
  ['🕊', '🕊️'],
  ['☃', '☃️'],
  ['🤷‍♂', '🤷‍♂️'],
  ['🤷‍♀', '🤷‍♀️'],
];
const TO_QUALIFIED = new Map(QUALIFIED);
const SELECTOR = /\uFE0F/g;

/** An emoji as Telegram writes it. */
export function toTelegram(emoji: string): string {
  return emoji.replace(SELECTOR, '');
}

/** What somebody put on a message and what they took away; pictures of a set of one's own are not told. */
export function reactionsOf({
  old_reaction: before,
  new_reaction: after,
}: Reaction): { readonly emoji: string; readonly on: boolean }[] {
  const emojiIn = (list: Reaction['old_reaction']): string[] =>
    list.filter(({ type }) => type === 'emoji').flatMap(({ emoji }) => (emoji === undefined ? [] : [emoji]));
  const [old, now] = [emojiIn(before), emojiIn(after)];
  const told = (emoji: string, on: boolean) => ({ emoji: TO_QUALIFIED.get(emoji) ?? emoji, on });
  return [
    ...old.filter(emoji => !now.includes(emoji)).map(emoji => told(emoji, false)),
    ...now.filter(emoji => !old.includes(emoji)).map(emoji => told(emoji, true)),
  ];
}
