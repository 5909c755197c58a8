import { type Args, isObject } from './args.ts';
import { badRequest } from './errors.ts';
import { parseHtml } from './parse-html.ts';
import { parseMarkdownV2 } from './parse-markdown.ts';
import type { Entity, Formatted, WireUser } from './types.ts';

/** Types that a bot may name in `entities`; those found by themselves (mention, url …) are accepted and found again. */
const GIVEN = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
]);
const FOUND = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
]);

const FINDERS: readonly (readonly [string, RegExp])[] = [
  [
    'url',
    /\b(?:https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]|(?:[a-z0-9-]+\.)+(?:com|org|net|pl|eu|io|me|dev)(?:\/[^\s<>"]*[^\s<>".,;:!?)\]])?)/gi,
  ],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['bot_command', /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/g],
  ['mention', /(?<![\w@])@[A-Za-z]\w{3,31}\b/g],
  ['hashtag', /(?<![\w#])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu],
];

/** Reads a text with its `parse_mode` or `entities` from the arguments, as the server does: markup, cleaning, trimming, finding. */
export function readFormatted(args: Args, textName: string, entitiesName: string): Formatted {
  return finish(readGiven(args, textName, entitiesName));
}

/** A text as a person typed it: no markup, only what the platform finds by itself. */
export function plain(text: string): Formatted {
  return finish({ text, entities: [] });
}

function readGiven(args: Args, textName: string, entitiesName: string): Formatted {
  const text = args.text(textName).replaceAll('\r', '');
  const mode = args.text('parse_mode').toLowerCase();
  if (mode === 'html') return parseHtml(text);
  if (mode === 'markdownv2') return parseMarkdownV2(text);
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode');
  const given = args.json(entitiesName, 'MessageEntity');
  if (given === undefined) return { text, entities: [] };
  if (!Array.isArray(given)) throw badRequest('expected an Array of MessageEntity');
  return {
    text,
    entities: given.map(entity => checkEntity(entity, text)).filter(({ type }) => !FOUND.has(type)),
  };
}

function checkEntity(raw: unknown, text: string): Entity {
  if (!isObject(raw)) throw badRequest("can't parse MessageEntity: MessageEntity must be an Object");
  const { type, offset, length, url, language, user } = raw;
  if (typeof offset !== 'number') throw badRequest('can\'t parse MessageEntity: Can\'t find field "offset"');
  if (typeof length !== 'number') throw badRequest('can\'t parse MessageEntity: Can\'t find field "length"');
  if (typeof type !== 'string' || !(GIVEN.has(type) || FOUND.has(type))) {
    throw badRequest("can't parse MessageEntity: unsupported type specified");
  }
  if (offset < 0 || offset > text.length)
    throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
  if (length < 0 || offset + length > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
    );
  }
  if (splitsPair(text, offset))
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${offset}`);
  if (splitsPair(text, offset + length)) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at byte offset ${offset + length}`,
    );
  }
  const base = { type, offset, length };
  if (type === 'text_link') {
    if (typeof url !== 'string') throw badRequest('can\'t parse MessageEntity: Can\'t find field "url"');
    return { ...base, url };
  }
  if (type === 'text_mention') return { ...base, user: mentioned(user) };
  return type === 'pre' && typeof language === 'string' ? { ...base, language } : base;
}

/** Of the user only the id counts (tdlib/telegram-bot-api, Client.cpp: extract_required_field "user", get_required_long_field "id"). */
function mentioned(user: unknown): WireUser {
  if (!isObject(user)) throw badRequest('can\'t parse MessageEntity: Can\'t find field "user"');
  if (typeof user.id !== 'number') throw badRequest('can\'t parse MessageEntity: Can\'t find field "id"');
  return { id: user.id, is_bot: false, first_name: '' };
}

function splitsPair(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff;
}

/** Trims, keeps the entities on their places, and adds what the platform finds by itself. */
function finish({ text, entities }: Formatted): Formatted {
  const visible = text.replace(/\p{Cc}/gu, char => (char === '\n' || char === '\t' ? char : ' '));
  const lead = visible.length - visible.trimStart().length;
  const trimmed = visible.trim();
  const kept = entities.flatMap(entity => {
    const begin = Math.max(entity.offset - lead, 0);
    const end = Math.min(entity.offset + entity.length - lead, trimmed.length);
    return end > begin ? [{ ...entity, offset: begin, length: end - begin }] : [];
  });
  const all = [...kept, ...findEntities(trimmed, kept)];
  return { text: trimmed, entities: all.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function findEntities(text: string, given: readonly Entity[]): Entity[] {
  const found: Entity[] = [];
  const closed = given.filter(({ type }) =>
    ['code', 'pre', 'text_link', 'text_mention', 'custom_emoji'].includes(type),
  );
  for (const [type, pattern] of FINDERS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (![...found, ...closed].some(other => overlaps(entity, other))) found.push(entity);
    }
  }
  return found;
}

function overlaps(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
