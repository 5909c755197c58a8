import { randomUUID } from 'node:crypto';
import type { Handle } from '../actor.ts';
import type { Answer } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import { oneLine } from '../text/index.ts';
import { confirmNotice } from './confirm.ts';
import { fillNotice, inLines } from './fill.ts';
import { type NoticeForm, noticeForm, noticeFormKey, type Typed, valuesOf, wordsTyped } from './form.ts';
import { typedIn } from './lines.ts';
import { type NoticeKind, type NoticeRow, noticeKinds, noticeMoves } from './model.ts';
import { prepareNotice } from './prepare.ts';
import { readContent, readNotice } from './read.ts';
import { stateAfter } from './rules/lifecycle.ts';
import { boardText, faultText, listText, previewAnswer } from './tell.ts';

/**
 * `/notice` at the desk: `maintenance`, `change` or `outage` opens a form, which a template fills that is named; `update`, `reschedule`, `cancel` and `resolve` with a number one for
 * what comes next, or with a text behind it prepare that; `draft` changes what was not confirmed; `list` and `show` tell. Only for staff,
 * which the caller has looked at. Where the platform has no windows, the answer is the form as lines, which come filled behind the same command. Throws `Refusal` for what cannot be done.
 */
export async function askNotice(act: Act, who: Handle, text: string): Promise<Answer> {
  const [, verb = '', typed = '', rest = ''] =
    /^\s*(\S*)\s*(?:[#Nn]?-?(\d{1,10})(?:\s+|$))?(.*)$/s.exec(text) ?? [];
  const kind = noticeKinds.find(one => one === verb.toLowerCase());
  if (kind !== undefined) return newNotice(act, who, kind, rest);
  if (verb === 'list') return { type: 'say', text: await listText(act, who) };
  const move = verb === 'draft' ? 'announce' : noticeMoves.find(one => one === verb && one !== 'announce');
  if (move === undefined && verb !== 'show' && verb !== 'preview') throw new Refusal('notice-how');
  const notice = await noticeAt(act, Number(typed));
  if (verb === 'show') return { type: 'say', text: await boardText(act, who, notice) };
  if (move === undefined) return previewAnswer(act, who, notice);
  if (rest.trim() === '') return openFor(act, who, notice, move);
  const form = { of: move, id: notice.id, edition: notice.edition } as const;
  return (await filled(act, who, form, notice, rest)) ?? prepared(act, who, notice, move, rest.trim());
}

/** The form of a new one, or the filled one behind the command. */
async function newNotice(act: Act, who: Handle, kind: NoticeKind, rest: string): Promise<Answer> {
  const form = { of: 'new', kind } as const;
  const notice = { kind, state: 'draft' } as const;
  const sent = await filled(act, who, form, notice, rest);
  return sent ?? openForm(act, who, form, notice, { ...begins(kind), ...template(act, kind, rest.trim()) });
}

/** Lines that fill the form are taken as its window is. Undefined where there are none. */
async function filled(
  act: Act,
  who: Handle,
  form: NoticeForm,
  notice: Pick<NoticeRow, 'kind' | 'state'>,
  text: string,
): Promise<Answer | undefined> {
  const { fields } = noticeForm(act, who.locale, form, notice, {});
  const values = typedIn(act, fields, text);
  if (values === undefined) return undefined;
  // What a message says is done once, with the message.
  const { answer } = await fillNotice(act, who, { draft: noticeFormKey(form), values, key: randomUUID() });
  return answer;
}

/** An outage begins as one whose cause is looked for. */
function begins(kind: NoticeKind): Typed {
  const state = stateAfter(kind, 'draft', 'announce');
  return kind === 'outage' && state !== undefined ? { state } : {};
}

/** The words that a new one begins with: of the template that is named. None comes unasked: what nobody changed would be sent in one of the languages. */
function template(act: Act, kind: NoticeKind, name: string): Typed {
  if (name === '') return {};
  const all = act.policy.notices.templates.filter(one => one.kind === kind);
  const found = all.find(one => one.name === name.toLowerCase());
  if (found === undefined)
    throw new Refusal('notice-no-template', {
      name: oneLine(name, 40),
      kind,
      names: all.map(one => one.name).join(', ') || '–',
    });
  const { title, text, about = '' } = found;
  return { ...wordsTyped(title, text), about };
}

/** A button below a preview: `notice-send` confirms what was seen, `notice-form` opens the form again. Undefined for every other one. */
export async function pressNotice(act: Act, who: Handle, action: string): Promise<Answer | undefined> {
  const [verb, first = '', second = ''] = action.split(':');
  if (verb !== 'notice-send' && verb !== 'notice-form') return undefined;
  if (verb === 'notice-form' && noticeKinds.some(one => one === first)) return askNotice(act, who, first);
  const notice = await noticeAt(act, Number(first));
  if (verb === 'notice-form')
    return openFor(act, who, notice, noticeMoves.find(one => one === second) ?? 'update');
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const end = await confirmNotice(act, notice.id, Number(second));
  switch (end?.outcome) {
    case 'confirmed':
      return { type: 'say', text: say('notice-sent', { number: notice.id }) };
    case 'again':
      return { type: 'say', text: say('notice-sent-before', { number: notice.id }) };
    case 'refused':
      return { type: 'say', text: end.faults.map(fault => faultText(act, who, fault)).join('\n\n') };
    default:
      return previewAnswer(act, who, end?.notice ?? notice, say('notice-changed'));
  }
}

/** True for the action of a button of notices, which only staff may press. */
export function isNoticeAction(action: string): boolean {
  return /^notice-(?:send|form):/.test(action);
}

async function noticeAt(act: Act, id: number): Promise<NoticeRow> {
  const notice = Number.isSafeInteger(id) && id > 0 ? await readNotice(act.tx, id) : undefined;
  if (notice === undefined) throw new Refusal('no-such-notice', { number: oneLine(String(id || '?'), 20) });
  return notice;
}

async function openFor(
  act: Act,
  who: Handle,
  notice: NoticeRow,
  move: (typeof noticeMoves)[number],
): Promise<Answer> {
  const { id, edition, prepared, revision } = notice;
  const form = { of: move, id, edition } as const;
  const content =
    (move === 'announce' ? prepared?.content : await readContent(act.tx, id, revision)) ?? prepared?.content;
  if (move === 'announce' && prepared?.move !== 'announce')
    throw new Refusal('notice-sent-already', { number: id });
  const state = move === 'announce' ? (prepared?.state ?? notice.state) : notice.state;
  const values = content === undefined ? {} : valuesOf(form, content, state, act.policy.desk.zone);
  return openForm(act, who, form, notice, values);
}

/** A window; where the platform has none, how it goes without. */
function openForm(
  act: Act,
  who: Handle,
  form: NoticeForm,
  notice: Pick<NoticeRow, 'kind' | 'state'>,
  values: Typed = {},
): Answer {
  const view = noticeForm(act, who.locale, form, notice, values);
  if (channelOf(act, who.channel).limits.forms !== 'none') return { type: 'form', form: view };
  return inLines(act, who, form, view, values, act.phrases.say(who.locale, 'notice-in-lines'));
}

/** The text stands behind the command: nothing is to be filled in. */
async function prepared(
  act: Act,
  who: Handle,
  notice: NoticeRow,
  move: (typeof noticeMoves)[number],
  text: string,
): Promise<Answer> {
  if (move === 'announce' || move === 'reschedule') return openFor(act, who, notice, move);
  const worded = who.locale === 'pl' ? { pl: text } : { en: text };
  const end = await prepareNotice(act, notice.id, move, { edition: notice.edition, text: worded });
  if (end?.outcome === 'refused')
    return { type: 'say', text: end.faults.map(fault => faultText(act, who, fault)).join('\n\n') };
  return previewAnswer(act, who, end !== undefined && 'notice' in end ? end.notice : notice);
}
