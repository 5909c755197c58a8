/** The emoji of the pretend client. Names as Slack spells them; an unlisted name is shown as `:name:`, as a custom one without a picture. */
const GLYPHS: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  arrows_counterclockwise: '🔄',
  bell: '🔔',
  bulb: '💡',
  ballot_box_with_check: '☑️',
  calendar: '📆',
  clock3: '🕒',
  credit_card: '💳',
  envelope: '✉️',
  exclamation: '❗',
  eyes: '👀',
  fire: '🔥',
  hammer_and_wrench: '🛠️',
  heart: '❤️',
  heavy_check_mark: '✔️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  lock: '🔒',
  memo: '📝',
  no_entry: '⛔',
  paperclip: '📎',
  pray: '🙏',
  question: '❓',
  red_circle: '🔴',
  rocket: '🚀',
  rotating_light: '🚨',
  smile: '😄',
  speech_balloon: '💬',
  tada: '🎉',
  ticket: '🎫',
  wave: '👋',
  warning: '⚠️',
  white_check_mark: '✅',
  wrench: '🔧',
  x: '❌',
};

/** What a reader sees for an emoji's name (without colons). */
export function glyph(name: string): string {
  return GLYPHS[name] ?? `:${name}:`;
}

/** Emoji names in a text made visible. */
export function withGlyphs(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => GLYPHS[name] ?? whole);
}

/** The name behind a glyph or a name with or without colons. */
export function emojiName(emoji: string): string {
  const bare = emoji.replace(/^:|:$/g, '');
  return Object.keys(GLYPHS).find(name => GLYPHS[name] === bare) ?? bare;
}
