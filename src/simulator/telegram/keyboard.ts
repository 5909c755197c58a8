import { type Args, isObject } from './args.ts';
import { badRequest } from './errors.ts';
import { MAX_BUTTONS, MAX_CALLBACK_DATA, MAX_ROW } from './limits.ts';
import { webAddress } from './parse-html.ts';
import type { Chat, InlineButton, Markup } from './types.ts';

const STYLES = new Set(['danger', 'success', 'primary']);
/** Keys that say what an inline button does; exactly one is allowed (core.telegram.org/bots/api#inlinekeyboardbutton). */
const ACTIONS = [
  'callback_data',
  'url',
  'web_app',
  'copy_text',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'callback_game',
  'pay',
] as const;

/** Reads `reply_markup`; undefined when there is none or it is an empty keyboard. */
export function readMarkup(args: Args): Markup | undefined {
  const raw = args.json('reply_markup', 'reply keyboard markup');
  if (raw === undefined) return undefined;
  if (!isObject(raw)) throw badRequest('object expected as reply markup');
  if (raw.inline_keyboard !== undefined) return readInline(raw.inline_keyboard);
  if (raw.keyboard !== undefined) return readReply(raw.keyboard);
  if (raw.remove_keyboard === true) return { kind: 'remove' };
  if (raw.force_reply === true) return { kind: 'force' };
  return undefined;
}

/** What only the chat can tell: no web apps outside private chats. */
export function checkMarkup(markup: Markup | undefined, chat: Chat): void {
  if (markup?.kind !== 'inline' || chat.type === 'private') return;
  if (markup.rows.flat().some(button => button.web_app)) throw badRequest('BUTTON_TYPE_INVALID');
}

function readRows(raw: unknown, what: string): readonly (readonly unknown[])[] {
  if (!Array.isArray(raw)) throw badRequest(`field "${what}" of the ReplyMarkup must be an Array`);
  return raw.map((row: unknown) => {
    if (!Array.isArray(row))
      throw badRequest(`field "${what}" of the ReplyMarkup must be an Array of Arrays`);
    return row as readonly unknown[];
  });
}

function readInline(raw: unknown): Markup | undefined {
  const rows = readRows(raw, 'inline_keyboard').filter(row => row.length > 0);
  if (rows.some(row => row.length > MAX_ROW)) throw badRequest('REPLY_MARKUP_TOO_LONG');
  if (rows.reduce((sum, row) => sum + row.length, 0) > MAX_BUTTONS) throw badRequest('REPLY_MARKUP_TOO_LONG');
  return rows.length === 0 ? undefined : { kind: 'inline', rows: rows.map(row => row.map(readButton)) };
}

function readButton(raw: unknown): InlineButton {
  if (!isObject(raw))
    throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
  const { text, style } = raw;
  if (typeof text !== 'string') {
    throw badRequest('can\'t parse inline keyboard button: Can\'t find field "text"');
  }
  if (text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID');
  if (style !== undefined && !(typeof style === 'string' && STYLES.has(style))) {
    throw badRequest("can't parse inline keyboard button: invalid button style specified");
  }
  const actions = ACTIONS.filter(name => raw[name] !== undefined);
  if (actions.length === 0) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  if (actions.length > 1) throw badRequest('BUTTON_TYPE_INVALID');
  checkAction(raw);
  return raw as unknown as InlineButton;
}

function checkAction(raw: Readonly<Record<string, unknown>>): void {
  const data = raw.callback_data;
  if (data !== undefined) {
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
    if (bytes < 1 || bytes > MAX_CALLBACK_DATA) throw badRequest('BUTTON_DATA_INVALID');
  }
  if (raw.url !== undefined) checkUrl(raw.url);
  if (raw.web_app !== undefined && !(isObject(raw.web_app) && /^https:/i.test(String(raw.web_app.url)))) {
    throw badRequest(
      `inline keyboard button Web App URL '${String(isObject(raw.web_app) ? raw.web_app.url : '')}' is invalid: Only HTTPS links are allowed`,
    );
  }
}

function checkUrl(url: unknown): void {
  if (typeof url !== 'string' || webAddress(url) === undefined) {
    throw badRequest(`inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL`);
  }
}

function readReply(raw: unknown): Markup {
  const rows = readRows(raw, 'keyboard').map(row =>
    row.map(button => {
      const text = isObject(button) ? button.text : button;
      if (typeof text !== 'string' || text === '') {
        throw badRequest("can't parse keyboard button: KeyboardButton must be a String or an Object");
      }
      return text;
    }),
  );
  return { kind: 'reply', rows };
}
