import type { Handle } from '../actor.ts';
import type { Answer, FormView } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { literal, oneLine, plain } from '../text/index.ts';
import { type NoticeForm, noticeForm, noticeFormIn, type Typed } from './form.ts';
import { hintsOf, linesOf } from './lines.ts';
import type { NoticeContent, NoticeFault, NoticeRow, NoticeState, Worded } from './model.ts';
import { draftNotice, type NoticePrepared, prepareNotice } from './prepare.ts';
import { readNotice } from './read.ts';
import { readAbout } from './rules/read-about.ts';
import { readWindows } from './rules/read-windows.ts';
import { REMINDERS, TEXT, TITLE } from './schema.ts';
import { faultText, previewAnswer } from './tell.ts';

type Filled = { readonly change: Partial<NoticeContent> & { readonly state?: NoticeState } };
type Wrong = { readonly line: string; readonly first?: string; readonly second?: string };
type Faulty = { readonly field: string; readonly error: string };

/**
 * A filled form: what it says is prepared, and its preview answers. One that did not do comes back with what is wrong and with all that was
 * typed; then nothing was changed, and `kept` is false. `key` makes it once.
 */
export async function fillNotice(
  act: Act,
  who: Handle,
  sent: { readonly draft: string; readonly values: Typed; readonly key: string },
): Promise<{ readonly answer: Answer; readonly kept: boolean }> {
  const form = noticeFormIn(sent.draft);
  if (form === undefined) return { answer: { type: 'nothing' }, kept: true };
  const notice =
    form.of === 'new' ? { kind: form.kind, state: 'draft' as const } : await readNotice(act.tx, form.id);
  if (notice === undefined) return { answer: { type: 'nothing' }, kept: true };
  const filled = fill(act, who, form, sent.values);
  if ('error' in filled) return { answer: again(act, who, form, notice, sent.values, filled), kept: false };
  const end = await prepare(act, form, filled.change, sent.key);
  if (end === undefined || end.outcome === 'other-body') return { answer: { type: 'nothing' }, kept: true };
  if (end.outcome === 'refused') {
    const faults = end.faults.map(fault => ({
      field: fieldOf(fault),
      error: plain(faultText(act, who, fault)),
    }));
    const [first] = faults;
    return {
      answer: again(act, who, form, notice, sent.values, first ?? { field: 'text', error: '' }),
      kept: false,
    };
  }
  const before = end.outcome === 'changed' ? act.phrases.say(who.locale, 'notice-changed') : '';
  return { answer: await previewAnswer(act, who, end.notice, before), kept: true };
}

function prepare(
  act: Act,
  form: NoticeForm,
  change: Filled['change'],
  key: string,
): Promise<NoticePrepared | undefined> {
  if (form.of !== 'new') return prepareNotice(act, form.id, form.of, { edition: form.edition, ...change });
  const { title = {}, text = {}, objects = [], windows = [], starts = false, ends = false, state } = change;
  return draftNotice(act, key, {
    kind: form.kind,
    title,
    text,
    objects,
    windows,
    reminders: [...REMINDERS],
    starts,
    ends,
    state,
  });
}

function fill(act: Act, who: Handle, form: NoticeForm, values: Typed): Filled | Faulty {
  const isWhole = form.of === 'new' || form.of === 'announce';
  const words = isWhole
    ? wholeWords(values)
    : { text: { en: said(values.text), pl: said(values['polish-text']) } };
  const about = isWhole ? readAbout(values.about ?? '') : undefined;
  const wrong = (field: string, key: string, { line, first = '', second = '' }: Wrong): Faulty => ({
    field,
    error: plain(act.phrases.say(who.locale, key, { line: oneLine(line, 60), first, second })),
  });
  if (about !== undefined && 'line' in about) return wrong('about', 'notice-fault-about', about);
  const read = values.when === undefined ? undefined : readWindows(values.when, act.at, act.policy.desk.zone);
  if (read !== undefined && 'fault' in read) return wrong('when', `notice-fault-when-${read.fault}`, read);
  const time = read && {
    windows: read.windows,
    ...(isWhole || read.clock ? { starts: read.clock, ends: read.clock } : {}),
  };
  const state = values.state ?? (read?.tentative ? 'planned' : undefined);
  return {
    change: {
      ...words,
      ...(about && { objects: about.objects }),
      ...time,
      ...(state && { state: state as NoticeState }),
    },
  };
}

const said = (text: string | undefined): string | undefined => {
  const words = (text ?? '').trim().slice(0, TEXT);
  return words === '' ? undefined : words;
};

/** The first line of what is in Polish is the title. */
function wholeWords(values: Typed): { readonly title: Worded; readonly text: Worded } {
  const [first = '', ...rest] = (values.polish ?? '').trim().split('\n');
  const title = (text: string): string | undefined => oneLine(text, TITLE) || undefined;
  return {
    title: { en: title(values.title ?? ''), pl: title(first) },
    text: { en: said(values.text), pl: said(rest.join('\n')) },
  };
}

const fields: Readonly<Record<string, string>> = {
  objects: 'about',
  windows: 'when',
  title: 'title',
  text: 'text',
  state: 'state',
};

function fieldOf({ path }: NoticeFault): string {
  return fields[String(path[0])] ?? 'text';
}

/** Where a window cannot show what is wrong at its field, and is gone, what was typed is given back. */
function again(
  act: Act,
  who: Handle,
  form: NoticeForm,
  notice: Pick<NoticeRow, 'kind' | 'state'>,
  values: Typed,
  { field, error }: Faulty,
): Answer {
  const { forms } = channelOf(act, who.channel).limits;
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const view = noticeForm(act, who.locale, form, notice, values, { [field]: error });
  if (forms === 'none') {
    const head = [say('form-not-accepted'), literal(error), say('notice-in-lines-again')];
    return inLines(act, who, form, view, values, head.filter(Boolean).join('\n\n'));
  }
  const typed = Object.values(values)
    .filter(one => one.trim() !== '')
    .map(one => literal(one));
  const back = forms.errorsAtField ? [] : [say('notice-typed'), ...typed];
  return {
    type: 'faults',
    form: view,
    text: [say('form-not-accepted'), ...back].join('\n\n'),
    retry: {
      action: form.of === 'new' ? `notice-form:${form.kind}` : `notice-form:${form.id}:${form.of}`,
      label: oneLine(plain(say('form-correct')), 40),
      style: 'primary',
    },
  };
}

const verbs = {
  announce: 'draft',
  update: 'update',
  reschedule: 'reschedule',
  cancel: 'cancel',
  resolve: 'resolve',
};

/** The form as lines to be copied and sent, where the platform has no windows. */
export function inLines(
  act: Act,
  { locale }: Handle,
  form: NoticeForm,
  { fields }: FormView,
  values: Typed,
  head: string,
): Answer {
  const command = form.of === 'new' ? form.kind : `${verbs[form.of]} ${form.id}`;
  return {
    type: 'say',
    text: [head, linesOf(act, locale, command, fields, values), hintsOf(act, locale, fields)].join('\n\n'),
  };
}
