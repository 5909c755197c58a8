/** Slack names emoji by words, the desk by Unicode. A workspace's own pictures have no Unicode and are left out. */
import { readFileSync } from 'node:fs';

interface Table {
  readonly byName: ReadonlyMap<string, string>;
  readonly byEmoji: ReadonlyMap<string, string>;
}

let table: Table | undefined;

/** Read once, with the first reaction: most desks that only start need none of it. */
function names(): Table {
  if (table) return table;
  const byName = new Map<string, string>();
  const byEmoji = new Map<string, string>();
  for (const line of readFileSync(new URL('emoji.txt', import.meta.url), 'utf8').split('\n')) {
    const [emoji = '', ...called] = line.split(' ');
    if (emoji === '#') continue;
    for (const name of called) byName.set(name, emoji);
    const [first] = called;
    if (first) byEmoji.set(bare(emoji), first);
  }
  table = { byName, byEmoji };
  return table;
}

/** Platforms differ in whether they write the variation selector. */
const bare = (emoji: string): string => emoji.replaceAll('\uFE0F', '');

/** The five tones, as Slack counts them: https://docs.slack.dev/reference/methods/reactions.add */
const FIRST_TONE = 0x1f3fb;
const TONED = /^(.*)::skin-tone-([2-6])$/;
const TONE = /[\u{1F3FB}-\u{1F3FF}]/gu;
const TAKES_TONE = /^\p{Emoji_Modifier_Base}\uFE0F?$/u;

/** The emoji behind a name without colons; nothing for a custom one. A tone that cannot be written is left out. */
export function emojiOf(name: string): string | undefined {
  const [, stem = name, tone] = TONED.exec(name) ?? [];
  const emoji = names().byName.get(stem);
  if (emoji === undefined || tone === undefined || !TAKES_TONE.test(emoji)) return emoji;
  return bare(emoji) + String.fromCodePoint(FIRST_TONE + Number(tone) - 2);
}

/** Slack's name of an emoji, with the tone where there is one; nothing when Slack has none for it. */
export function nameOf(emoji: string): string | undefined {
  const name = names().byEmoji.get(bare(emoji).replace(TONE, ''));
  const [tone] = emoji.match(TONE) ?? [];
  if (name === undefined || tone === undefined) return name;
  return `${name}::skin-tone-${(tone.codePointAt(0) ?? FIRST_TONE) - FIRST_TONE + 2}`;
}
