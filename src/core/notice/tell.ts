import type { Handle } from '../actor.ts';
import type { Answer, Button } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { clip, formatDuration, literal, literalInline, oneLine, plain, raw } from '../text/index.ts';
import { readBoard, readMissed } from './board.ts';
import { missedLine } from './missed.ts';
import type { NoticeFault, NoticeObject, NoticeRow } from './model.ts';
import { type NoticePreview, previewNotice } from './preview.ts';
import { readContent } from './read.ts';
import { titleIn } from './rules/worded.ts';
import { listNotices } from './show.ts';

/** Notices that a list shows, objects and people that are named, and the part of a message that is shown beside others. */
const SHOWN = { listed: 15, objects: 8, missed: 10 } as const;
/** Kept free for what stands around what is cut. */
const AROUND = 80;

/** Who reads: their language, and the channel that it must fit. */
export type Reading = Pick<Handle, 'locale' | 'channel'>;

/** What would be sent, to whom and why, with the button that sends it. */
export async function previewAnswer(act: Act, who: Reading, notice: NoticeRow, before = ''): Promise<Answer> {
  const preview = await previewNotice(act, act.tx, notice, act.at);
  if (preview !== undefined)
    return {
      type: 'say',
      title: `N-${notice.id}`,
      done: true,
      ...previewText(act, who, notice, preview, before),
    };
  const nothing = act.phrases.say(who.locale, 'notice-nothing-waits', { number: notice.id });
  return { type: 'say', text: [before, nothing].filter(Boolean).join('\n\n') };
}

/** The same for a message: its text, which begins with what stands before it and fits one message where that is short, and its buttons. */
export function previewText(
  act: Act,
  who: Reading,
  notice: NoticeRow,
  preview: NoticePreview,
  before = '',
): { readonly text: string; readonly buttons: readonly Button[] } {
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const { id, edition, prepared } = notice;
  const head = [before, say('notice-preview', { number: id }), ...whoLines(act, who, preview)].filter(
    Boolean,
  );
  return {
    text: withMessages(act, who, head.join('\n\n'), preview),
    buttons: [
      noticeButton(act, who, `notice-send:${id}:${edition}`, 'button-notice-send', 'danger'),
      noticeButton(act, who, `notice-form:${id}:${prepared?.move}`, 'button-notice-edit'),
    ],
  };
}

/** A button of notices, with its label in the reader's language. */
export function noticeButton(
  act: Act,
  { locale }: Reading,
  action: string,
  key: string,
  style?: Button['style'],
): Button {
  return { action, label: oneLine(plain(act.phrases.say(locale, key)), 40), style };
}

function whoLines(act: Act, who: Reading, preview: NoticePreview): string[] {
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const { accounts, contacts, withoutContact, calledOff, why, examples, destinations, seconds } = preview;
  const by = why
    .slice(0, SHOWN.objects)
    .map(
      one =>
        `- ${say('notice-preview-object', { object: objectName(one.object), services: one.services, accounts: one.accounts })}`,
    );
  const shown = examples.map(({ name, services }) => oneLine([name, ...services.slice(0, 3)].join(': '), 80));
  const places = destinations.map(({ channel, contacts: count }) => `${channel} ${count}`).join(', ');
  const long = formatDuration(Math.max(1, Math.ceil(seconds / 60)), who.locale);
  return [
    say('notice-preview-who', { contacts, accounts }),
    calledOff.length === 0 ? '' : say('notice-preview-called-off', { whose: whoseText(act, who, calledOff) }),
    by.join('\n'),
    shown.length === 0
      ? ''
      : say('notice-preview-examples', { examples: raw(shown.map(one => literalInline(one)).join('; ')) }),
    places === '' ? '' : say('notice-preview-places', { places, long }),
    withoutContact === 0 ? '' : say('notice-preview-nobody', { count: withoutContact }),
  ];
}

/** The first of those whose windows they are, and that there are more. */
function whoseText(act: Act, who: Reading, all: NoticePreview['calledOff']): string {
  const everybody = plain(act.phrases.say(who.locale, 'notice-preview-everybody'));
  const shown = all.slice(0, SHOWN.objects).map(ref => ref ?? everybody);
  return [...shown, ...(all.length > shown.length ? ['…'] : [])].join(', ');
}

/** The messages in each language, as long as there is room. */
function withMessages(act: Act, who: Reading, head: string, { messages }: NoticePreview): string {
  const { limits } = channelOf(act, who.channel);
  const left = Math.max(200, limits.text - limits.measure(head) - AROUND * messages.length);
  const each = Math.floor(left / messages.length / 1.3);
  const parts = messages.map(({ locale, subject, text }) => {
    const body = limits.measure(text) <= each ? text : literal(clip(plain(text), each));
    return `${act.phrases.say(who.locale, `notify-language-${locale}`)}: **${literalInline(subject)}**\n\n${body}`;
  });
  return [head, ...parts].join('\n\n');
}

function objectName({ type, value, impact }: NoticeObject): string {
  return oneLine(`${[type, value].filter(Boolean).join(' ')} (${impact})`, 80);
}

/** What is wrong, said to whoever asked. */
export function faultText(act: Act, who: Handle, { code, args }: NoticeFault): string {
  return act.phrases.say(who.locale, `notice-fault-${code}`, args);
}

/** The newest notices, a line each. */
export async function listText(act: Act, who: Handle): Promise<string> {
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const notices = await listNotices(act.tx, SHOWN.listed);
  if (notices.length === 0) return say('notice-list-empty');
  return notices
    .map(({ id, kind, state, content }) =>
      say('notice-list-line', {
        number: id,
        kind: raw(say(`notice-kind-${kind}`)),
        title: oneLine(titleIn(content, who.locale), 80),
        state: raw(say(`notice-name-${state}`)),
      }),
    )
    .map(line => `- ${line}`)
    .join('\n');
}

/** The delivery board of a notice. */
export async function boardText(act: Act, who: Handle, notice: NoticeRow): Promise<string> {
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const { id, kind, state, revision } = notice;
  const content = (await readContent(act.tx, id, revision)) ?? notice.prepared?.content;
  const head = say('notice-list-line', {
    number: id,
    kind: raw(say(`notice-kind-${kind}`)),
    title: content === undefined ? '' : titleIn(content, who.locale),
    state: raw(say(`notice-name-${state}`)),
  });
  const lines = (await readBoard(act.tx, id)).map(
    ({ stage, ...counts }) =>
      `- ${say('notice-board-line', { stage: raw(stageName(act, who.locale, stage)), ...counts })}`,
  );
  const missed = (await readMissed(act.tx, id, revision))
    .slice(0, SHOWN.missed)
    .map(one => `- ${missedLine(act, one)}`);
  const waits = notice.prepared === null ? '' : say('notice-waits', { number: id });
  return [
    head,
    lines.join('\n'),
    missed.length === 0 ? '' : `${say('notice-board-missed')}\n\n${missed.join('\n')}`,
    waits,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A stage as staff read it: 'reminder (1 hour)'. */
function stageName(act: Act, locale: string, stage: string): string {
  const [verb = '', , minutes] = stage.split(':');
  const name = act.phrases.say(locale, `notice-stage-${verb}`);
  return minutes === undefined ? name : `${name} (${formatDuration(Number(minutes), locale)})`;
}
