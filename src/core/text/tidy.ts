/** The ellipsis that marks a cut; one UTF-16 unit, three bytes in UTF-8. */
const ELLIPSIS = '…';

/** Letters whose shaping may need a joiner or a non-joiner between them. */
const SHAPED = [
  'Arabic Syriac Nko Mandaic Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada',
  'Malayalam Sinhala Khmer Myanmar Tibetan Balinese Javanese Tai_Tham Adlam Hanifi_Rohingya',
]
  .join(' ')
  .split(' ')
  .map(script => `\\p{Script=${script}}`)
  .join('');

const JOINER = '\\u200C\\u200D';
const VARIATION = '\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}';
// The character comes first and the look behind is bounded, so that the time stays linear.
const EMOJI_JOIN =
  '\\u200D(?<=\\p{Extended_Pictographic}[\\uFE0F\\u{1F3FB}-\\u{1F3FF}]?\\u200D)(?=\\p{Extended_Pictographic})';
const SCRIPT_JOIN = `[${JOINER}](?<=[${SHAPED}]\\p{M}{0,4}[${JOINER}])(?=[${SHAPED}])`;
const FLAG_TAGS = '[\\u{E0020}-\\u{E007F}](?<=\\u{1F3F4}[\\u{E0020}-\\u{E007E}]{0,8}[\\u{E0020}-\\u{E007F}])';
const ONE_VARIATION = `[${VARIATION}](?<=[^\\s\\p{Cf}\\p{Cc}${VARIATION}][${VARIATION}])`;

/** What is kept (group 1) out of everything that cannot be seen (the rest of the alternation). */
const INVISIBLE = new RegExp(
  `(${EMOJI_JOIN}|${SCRIPT_JOIN}|${FLAG_TAGS}|${ONE_VARIATION})` +
    `|[${JOINER}${VARIATION}\\u200B\\u2060-\\u2064\\u206A-\\u206F\\uFEFF\\u180E\\uFFF9-\\uFFFB\\u{E0000}-\\u{E007F}]`,
  'gu',
);

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
const CONTROLS = /(?![\n\t])\p{Cc}/gu;
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
const BLANK = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * What people send, made storable and honest: NFC, LF line ends, no control characters but tab and newline, no
 * bidi overrides and isolates, no hidden characters (zero-width, tags, stacked variation selectors) except where an
 * emoji or a script needs them; lone surrogates become U+FFFD; trimmed. Never throws.
 */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(CONTROLS, '')
    .replace(BIDI, '')
    .replace(INVISIBLE, '$1')
    .normalize('NFC')
    .trim();
}

/** True when nothing visible is left: spaces, zero-width, fillers (Hangul, braille blank), controls only. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** A title or a name: tidied, on one line, single spaces, at most `max` UTF-16 units. */
export function oneLine(text: string, max: number): string {
  return clip(tidy(text).replace(/\s+/gu, ' '), max);
}

/** How `clip` counts: UTF-16 units (what Slack, Discord and Telegram count) or UTF-8 bytes (Telegram buttons). */
export type ClipUnit = 'utf16' | 'bytes';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text itself when it fits, else its longest beginning of whole graphemes that fits with '…' after it. */
export function clip(text: string, max: number, unit: ClipUnit = 'utf16'): string {
  const size = unit === 'utf16' ? (s: string) => s.length : (s: string) => Buffer.byteLength(s);
  if (size(text) <= max) return text;
  const room = max - size(ELLIPSIS);
  if (room < 0) return '';
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, max + 1))) {
    used += size(segment);
    if (used > room) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd() + ELLIPSIS;
}
