/** Forms, buttons and the blocks around a text. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import {
  type Button,
  clip,
  type FormField,
  type FormView,
  type InboundFile,
  tidy,
} from '../../core/index.ts';
import { filesOf } from './inbound-files.ts';
import { lengths } from './limits.ts';
import type { View } from './payloads.ts';
import { richText } from './render.ts';

type Block = types.KnownBlock;

/** Marks the views that are forms of ours. */
export const FORM = 'ticket';
/** Begins the action of a field whose change reshapes the form; what follows is the chosen value. */
export const RESHAPE = 'reshape:';

/** Begins the block of a button under a headline, which is the root of a ticket's thread: a press there belongs to the thread. */
export const ROOT = 'root-';

/** What a form carries along in Slack's hands. */
export interface Meta {
  readonly draft: string;
  readonly page: FormView['page'];
  readonly locale: string;
  /** Where the form was asked for. */
  readonly place: string;
  /** How the person was called then. */
  readonly name: string;
  /** What was typed into fields that the form does not have at the moment. */
  readonly kept: Readonly<Record<string, string>>;
}

const metaSchema = z.object({
  draft: z.string().max(20).catch(''),
  page: z.enum(['all', 'base', 'facts', 'link', 'notify', 'notice', 'rate']).catch('all'),
  locale: z.string().max(40).catch(''),
  place: z.string().max(255).catch(''),
  name: z.string().max(200).catch(''),
  kept: z.record(z.string(), z.string()).catch({}),
});

/** Reads it back; what cannot be read is empty. */
export function readMeta(source: string): Meta {
  try {
    return metaSchema.parse(JSON.parse(source));
  } catch {
    return { draft: '', page: 'all', locale: '', place: '', name: '', kept: {} };
  }
}

/** Slack keeps 3,000 characters: what was kept is cut where it does not fit, the longest first, visibly. */
function writeMeta(meta: Meta): string {
  const kept = Object.entries(meta.kept).sort(([, a], [, b]) => a.length - b.length);
  let written = JSON.stringify({ ...meta, kept: {} });
  const taken: Record<string, string> = {};
  for (const [id, value] of kept) {
    for (let length = value.length; length > 0; length = Math.floor(length / 2)) {
      const next = JSON.stringify({ ...meta, kept: { ...taken, [id]: clip(value, length) } });
      if (next.length > lengths.metadata) continue;
      taken[id] = clip(value, length);
      written = next;
      break;
    }
  }
  return written;
}

/** What was typed and chosen in a view so far. */
export function readValues(view: View): Record<string, string> {
  const given = Object.entries(view.state.values).flatMap(([blockId, controls]) => {
    const control = Object.hasOwn(controls, blockId) ? controls[blockId] : Object.values(controls)[0];
    const value = control?.selected_option?.value ?? control?.value;
    return value === undefined || value === null ? [] : [[blockId, tidy(value)] as const];
  });
  return Object.fromEntries(given);
}

/** The form's field for files. */
const FILES = 'files';

/** What was put into the field for files. */
export function readFiles(view: View): InboundFile[] {
  return filesOf(Object.values(view.state.values[FILES] ?? {}).flatMap(control => control.files ?? []));
}

/** Literal text: no markup is read in it. */
export function plainText(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(text, max) || ' ', emoji: false };
}

/** A text with its buttons, and a headline where there is one. */
export function textBlocks(
  markdown: string,
  buttons: readonly Button[] = [],
  headline?: string,
  mentions?: readonly string[],
): Block[] {
  const head: Block[] = headline ? [{ type: 'header', text: plainText(headline, lengths.header) }] : [];
  return [...head, richText(markdown, mentions), ...buttonBlocks(buttons, headline ? ROOT : '')];
}

/** Rows of buttons. `name` begins their blocks' ids; without it Slack names them. */
export function buttonBlocks(buttons: readonly Button[], name: string): Block[] {
  const out: Block[] = [];
  for (let from = 0; from < buttons.length; from += lengths.buttons) {
    const elements = buttons.slice(from, from + lengths.buttons).map(button);
    out.push({ type: 'actions', ...(name && { block_id: `${name}${from}` }), elements });
  }
  return out;
}

function button({ action, label, style }: Button): types.Button {
  const known =
    style === 'danger' ? 'danger' : style === 'primary' || style === 'success' ? 'primary' : undefined;
  return {
    type: 'button',
    action_id: action,
    value: action,
    text: plainText(label, lengths.buttonText),
    ...(known && { style: known }),
  };
}

/** What stands at the field for files. */
export interface FilesWords {
  readonly label: string;
  readonly hint: string;
}

/** Needs files:read. Without a list of endings all are taken; core looks at what they are. */
function filesBlock({ label, hint }: FilesWords): Block {
  return {
    type: 'input',
    block_id: FILES,
    label: plainText(label, lengths.label),
    hint: plainText(hint, lengths.hint),
    element: { type: 'file_input', action_id: FILES, max_files: lengths.formFiles },
    optional: true,
  };
}

/**
 * A form as a modal. `typed`, and what was typed into fields that are back, wins over the values of the form; `notice` stands above the
 * fields. With `files` it has a field for files.
 */
export function formView(
  form: FormView,
  meta: Meta,
  typed: Readonly<Record<string, string>> = {},
  notice = '',
  files?: FilesWords,
): types.ModalView {
  const given = { ...meta.kept, ...typed };
  const fields = form.fields.map(field =>
    Object.hasOwn(given, field.id) ? { ...field, value: given[field.id] } : field,
  );
  const shown = new Set(form.fields.map(({ id }) => id));
  const kept = Object.fromEntries(Object.entries(given).filter(([id]) => !shown.has(id)));
  const { draft, page, locale } = form;
  const carried: Meta = { ...meta, draft: draft || meta.draft, page, locale, kept };
  return {
    type: 'modal',
    callback_id: FORM,
    title: plainText(form.title, lengths.viewTitle),
    submit: plainText(form.submit, lengths.viewButton),
    close: plainText(form.close, lengths.viewButton),
    private_metadata: writeMeta(carried),
    blocks: [
      ...(notice === '' ? [] : [richText(notice)]),
      ...fields.flatMap(fieldBlocks),
      ...(files ? [filesBlock(files)] : []),
    ],
  };
}

/** A window that only says something. Slack itself labels its way out, in the person's language. */
export function noticeView(
  title: string,
  markdown: string,
  buttons: readonly Button[],
  meta: Meta,
): types.ModalView {
  return {
    type: 'modal',
    callback_id: `${FORM}-notice`,
    title: plainText(title, lengths.viewTitle),
    private_metadata: writeMeta(meta),
    blocks: textBlocks(markdown, buttons),
  };
}

function fieldBlocks(field: FormField): Block[] {
  const input: types.InputBlock = {
    type: 'input',
    block_id: field.id,
    label: plainText(field.label, lengths.label),
    element: control(field),
    optional: !field.required,
    ...(field.hint && { hint: plainText(field.hint, lengths.hint) }),
    ...(field.reshapes && { dispatch_action: true }),
  };
  if (!field.error) return [input];
  return [input, { type: 'context', elements: [plainText(`⚠️ ${field.error}`, lengths.text)] }];
}

function control(field: FormField): types.PlainTextInput | types.StaticSelect {
  const placeholder = field.placeholder && { placeholder: plainText(field.placeholder, lengths.placeholder) };
  const options = (field.options ?? []).slice(0, lengths.options).map(option);
  if (field.kind === 'choice' && options.length > 0) {
    const initial = options.find(each => each.value === field.value);
    return {
      type: 'static_select',
      action_id: field.id,
      options,
      ...placeholder,
      ...(initial && { initial_option: initial }),
    };
  }
  const most = Math.max(1, Math.min(field.maxLength, lengths.input));
  return {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.kind === 'multiline',
    max_length: most,
    ...placeholder,
    ...(field.value && { initial_value: clip(field.value, most) }),
  };
}

function option({ value, label }: { value: string; label: string }): types.PlainTextOption {
  return { text: plainText(label, lengths.optionText), value: value.slice(0, lengths.optionValue) };
}
