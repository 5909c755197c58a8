import type { FormField, FormView } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { oneLine, plain } from '../text/index.ts';
import {
  type NoticeContent,
  type NoticeKind,
  type NoticeMove,
  type NoticeRow,
  noticeKinds,
  noticeStates,
  type Worded,
} from './model.ts';
import { stateAfter } from './rules/lifecycle.ts';
import { writeAbout } from './rules/read-about.ts';
import { writeWindows } from './rules/read-windows.ts';
import { TEXT, TITLE } from './schema.ts';

/** Which form: for a new notice, or for what one that is there is to say next. */
export type NoticeForm =
  | { readonly of: 'new'; readonly kind: NoticeKind }
  | { readonly of: NoticeMove; readonly id: number; readonly edition: number };

/** What was typed, by field. */
export type Typed = Readonly<Record<string, string>>;

const letters = { a: 'announce', u: 'update', r: 'reschedule', c: 'cancel', s: 'resolve' } as const;

/** A form in a few characters, which a window carries: at most 20. */
export function noticeFormKey(form: NoticeForm): string {
  if (form.of === 'new') return `n:${form.kind}`;
  const letter = Object.entries(letters).find(([, move]) => move === form.of)?.[0] ?? 'u';
  return `${letter}:${form.id}:${form.edition}`;
}

/** The form of such a key; undefined for every other text. */
export function noticeFormIn(key: string): NoticeForm | undefined {
  const kind = noticeKinds.find(one => key === `n:${one}`);
  if (kind !== undefined) return { of: 'new', kind };
  const [, letter = '', id, edition] = /^([aurcs]):([1-9]\d{0,9}):([1-9]\d{0,5})$/.exec(key) ?? [];
  const of = letters[letter as keyof typeof letters];
  return of === undefined ? undefined : { of, id: Number(id), edition: Number(edition) };
}

/** Longest list of objects or of windows. */
const LINES = 1_000;

/** A form as a window, in the language of whoever fills it, with what is there. */
export function noticeForm(
  act: Act,
  locale: string,
  form: NoticeForm,
  notice: Pick<NoticeRow, 'kind' | 'state'>,
  values: Typed,
  faults: Typed = {},
): FormView {
  const say = (key: string): string => plain(act.phrases.say(locale, key));
  const field = (
    id: string,
    more: Pick<FormField, 'kind' | 'required' | 'maxLength'> & Partial<FormField>,
  ): FormField => ({
    label: say(`notice-field-${id}`),
    hint: oneLine(say(`notice-field-${id}-hint`), 100),
    value: values[id],
    error: faults[id],
    ...more,
    id,
  });
  return {
    page: 'notice',
    draft: noticeFormKey(form),
    locale,
    title: say(form.of === 'new' ? `notice-kind-${form.kind}` : `notice-form-${form.of}`),
    submit: say('notice-form-submit'),
    close: say('form-cancel'),
    fields: fieldsOf(form, notice, field, say),
  };
}

type Make = (
  id: string,
  more: Pick<FormField, 'kind' | 'required' | 'maxLength'> & Partial<FormField>,
) => FormField;

function fieldsOf(
  form: NoticeForm,
  { kind, state }: Pick<NoticeRow, 'kind' | 'state'>,
  field: Make,
  say: (key: string) => string,
): FormField[] {
  const isWhole = form.of === 'new' || form.of === 'announce';
  const isShort = form.of === 'cancel' || form.of === 'resolve' || form.of === 'reschedule';
  const when = field('when', { kind: 'multiline', required: kind === 'maintenance', maxLength: LINES });
  const next = statesFor(kind, state, form.of === 'new' ? 'announce' : form.of);
  const choice = field('state', {
    kind: 'choice',
    required: true,
    maxLength: 20,
    options: next.map(one => ({ value: one, label: say(`notice-name-${one}`) })),
  });
  return [
    ...(isWhole ? [field('title', { kind: 'text', required: true, maxLength: TITLE })] : []),
    field('text', { kind: 'multiline', required: !isShort, maxLength: TEXT }),
    field(isWhole ? 'polish' : 'polish-text', {
      kind: 'multiline',
      required: false,
      maxLength: TITLE + TEXT,
    }),
    ...(isWhole ? [field('about', { kind: 'multiline', required: true, maxLength: LINES })] : []),
    ...((isWhole && kind !== 'outage') || form.of === 'reschedule' ? [when] : []),
    ...((isWhole && kind === 'outage') || (form.of === 'update' && next.length > 1) ? [choice] : []),
  ];
}

function statesFor(kind: NoticeKind, state: NoticeRow['state'], move: NoticeMove): NoticeRow['state'][] {
  return noticeStates
    .filter(one => stateAfter(kind, state, move, one) !== undefined)
    .toSorted(
      (a, b) => Number(b === stateAfter(kind, state, move)) - Number(a === stateAfter(kind, state, move)),
    );
}

/** What a form begins with: a draft as it is, and of what was confirmed the time. */
export function valuesOf(form: NoticeForm, content: NoticeContent, state: string, zone: string): Typed {
  const when = writeWindows(content.windows, zone);
  if (form.of === 'update') return { state };
  if (form.of !== 'announce') return { when };
  const lines = [when, ...(content.starts ? ['auto'] : []), ...(state === 'planned' ? ['tentative'] : [])];
  return {
    ...wordsTyped(content.title, content.text),
    about: writeAbout(content.objects),
    when: lines.join('\n'),
    state,
  };
}

/** A title and a text as the form has them. */
export function wordsTyped(title: Worded, text: Worded): Typed {
  const polish = [title.pl, text.pl].filter(one => one !== undefined).join('\n');
  return { title: title.en ?? '', text: text.en ?? '', polish };
}
