import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIEmbed,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  APIStringSelectComponent,
  APITextInputComponent,
} from 'discord-api-types/v10';
import { ButtonStyle, ComponentType, TextInputStyle } from 'discord-api-types/v10';
import type { Button, Card, FormField, FormPage, FormView } from '../../core/index.ts';
import { clip, isTicketForm, oneLine, plain } from '../../core/index.ts';
import type { TextWanted } from './asked.ts';
import { discordLimits } from './limits.ts';
import { escapeText, quiet, toDiscord } from './render.ts';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

const BUTTON = 'do:';
const FORM = /^form:(all|base|facts|link|notify|notice|rate):(.{0,20})$/s;
const styles = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  success: ButtonStyle.Success,
} as const;

/** Buttons in rows of five, at most 25. */
export function buttonRows(buttons: readonly Button[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < buttons.length && rows.length < discordLimits.rows; at += discordLimits.rowButtons) {
    const components = buttons.slice(at, at + discordLimits.rowButtons).map(button);
    rows.push({ type: ComponentType.ActionRow, components });
  }
  return rows;
}

function button({ action, label, style }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    custom_id: BUTTON + action,
    label: oneLine(label, discordLimits.buttonLabel) || '?',
    style: styles[style ?? 'plain'],
  };
}

/** The id of the button that opens a window for a message. */
export const WRITE = 'write:';

/** The same with a button for a message of one's own below, where the bot may not read what people write. */
export function rowsToWrite(buttons: readonly Button[], write: string | undefined): Row[] {
  const rows = buttonRows(buttons);
  if (write === undefined) return rows;
  const { Button: type } = ComponentType;
  const { Primary: style } = ButtonStyle;
  const own: Row = {
    type: ComponentType.ActionRow,
    components: [{ type, style, custom_id: WRITE, label: write }],
  };
  return [...rows.slice(0, discordLimits.rows - 1), own];
}

/** The action that a button of ours carries; `undefined` for another's. */
export function actionIn(customId: string): string | undefined {
  return customId.startsWith(BUTTON) ? customId.slice(BUTTON.length) : undefined;
}

const WANTED = /^text:(reply|note|message):(.{0,40})$/s;
/** The id of the form's field for files. */
export const FILES = 'files';

/** The text that a window of ours was opened for; `undefined` for another's. */
export function wantedIn(customId: string): TextWanted | undefined {
  const found = WANTED.exec(customId);
  return found ? { what: found[1] as TextWanted['what'], number: found[2] ?? '' } : undefined;
}

/** A window for one text. */
export function textModal(
  { what, number }: TextWanted,
  words: TextWords,
): APIModalInteractionResponseCallbackData {
  const { textInput: maxLength } = discordLimits;
  const field = { id: 'text', kind: 'multiline', required: true, maxLength } as const;
  return {
    custom_id: `text:${what}:${number}`,
    title: oneLine(words.title, discordLimits.modalTitle),
    components: [label({ ...field, label: words.label })],
  };
}

/** The page and draft that a form of ours carries; `undefined` for another's. */
export function formIn(customId: string): { page: FormPage; draft: string } | undefined {
  const found = FORM.exec(customId);
  return found ? { page: found[1] as FormPage, draft: found[2] ?? '' } : undefined;
}

/** The adapter's own words in its windows. */
export interface WindowWords {
  /** The field for files, and what can be put into it. */
  readonly files: { readonly label: string; readonly hint: string };
  /** The title of the window for a text, and the name of its field. */
  readonly textFor: (wanted: TextWanted) => TextWords;
}
interface TextWords {
  readonly title: string;
  readonly label: string;
}

/** A form as a modal. Fields beyond the fifth do not fit and are left out: core asks for at most five. Where there is room, files can be put in. */
export function modalOf(
  form: FormView,
  words: Pick<WindowWords, 'files'>,
): APIModalInteractionResponseCallbackData {
  const fields = form.fields.slice(0, discordLimits.modalFields).map(label);
  const takesFiles = fields.length < discordLimits.modalFields && isTicketForm(form.page);
  return {
    custom_id: `form:${form.page}:${form.draft}`,
    title: oneLine(form.title, discordLimits.modalTitle) || '…',
    components: takesFiles ? [...fields, upload(words.files)] : fields,
  };
}

function upload({ label, hint }: WindowWords['files']): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: oneLine(label, discordLimits.label),
    description: oneLine(hint, discordLimits.labelDescription),
    component: {
      type: ComponentType.FileUpload,
      custom_id: FILES,
      required: false,
      min_values: 0,
      max_values: discordLimits.files,
    },
  };
}

function label(field: FormField): APILabelComponent {
  const description = oneLine(field.error ?? field.hint ?? '', discordLimits.labelDescription);
  return {
    type: ComponentType.Label,
    label: oneLine(field.label, discordLimits.label) || '…',
    ...(description === '' ? {} : { description }),
    component: field.kind === 'choice' && field.options?.length ? select(field) : input(field),
  };
}

function select(field: FormField): APIStringSelectComponent {
  const options = (field.options ?? []).slice(0, discordLimits.selectOptions);
  return {
    type: ComponentType.StringSelect,
    custom_id: field.id,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: 1,
    ...(field.placeholder
      ? { placeholder: oneLine(field.placeholder, discordLimits.selectPlaceholder) }
      : {}),
    options: options.map(option => ({
      value: option.value,
      label: oneLine(option.label, discordLimits.optionLabel) || option.value,
      ...(option.value === field.value ? { default: true } : {}),
    })),
  };
}

function input(field: FormField): APITextInputComponent {
  const max = Math.max(1, Math.min(field.maxLength, discordLimits.textInput));
  const value = clip(field.value ?? '', max);
  return {
    type: ComponentType.TextInput,
    custom_id: field.id,
    style: field.kind === 'multiline' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required,
    max_length: max,
    ...(value === '' ? {} : { value: field.kind === 'multiline' ? value : oneLine(value, max) }),
    ...(field.placeholder
      ? { placeholder: oneLine(field.placeholder, discordLimits.textInputPlaceholder) }
      : {}),
  };
}

/** Discord's own palette. */
const COLOURS = {
  urgent: 0xed4245,
  calm: 0x5865f2,
  waiting: 0xfee75c,
  solved: 0x57f287,
  closed: 0x99aab5,
} as const;

function colourOf({ state, urgent }: Card): number {
  if (state === 'waiting' || state === 'solved' || state === 'closed') return COLOURS[state];
  return urgent ? COLOURS.urgent : COLOURS.calm;
}

/** The head of a staff post: the title, then an embed with the text and what was given, then the buttons. */
export function cardMessage(card: Card, write?: string) {
  return {
    content: `**${escapeText(oneLine(card.title, discordLimits.threadName))}**`,
    embeds: [embed(card)],
    components: rowsToWrite(card.buttons, card.hint === '' ? undefined : write),
    allowed_mentions: quiet,
  };
}

/** Room for the time that is left. */
const TIME_LEFT = 24;

/** Discord counts it down by itself (https://docs.discord.com/developers/reference#message-formatting-timestamp-styles). */
function timeLeft(until: Date | undefined): string {
  return until === undefined ? '' : ` (<t:${Math.floor(until.getTime() / 1000)}:R>)`;
}

function embed(card: Card): APIEmbed {
  const description = fitted(card.body, discordLimits.embedDescription);
  let room = discordLimits.embedTotal - description.length - 300;
  const fields: NonNullable<APIEmbed['fields']> = [];
  for (const line of card.lines.slice(0, discordLimits.embedFields)) {
    const name = escapeText(oneLine(line.label, 100)) || '\u200B';
    const value =
      (fitted(line.value, discordLimits.embedFieldValue - TIME_LEFT) || '—') + timeLeft(line.until);
    room -= name.length + value.length;
    if (room < 0) break;
    fields.push({ name, value, inline: value.length <= 40 });
  }
  const footer = card.hint === '' ? {} : { footer: { text: oneLine(card.hint, 300) } };
  return { description, fields, color: colourOf(card), ...footer };
}

/** Rendered when it fits; else its plain beginning, since cutting markup would leave it open. */
function fitted(markdown: string, max: number): string {
  const rendered = toDiscord(markdown);
  if (rendered.length <= max) return rendered;
  // Escaping at most doubles the length.
  const lines = clip(plain(markdown), Math.floor(max / 2)).split('\n');
  return lines.map(escapeText).join('\n');
}
