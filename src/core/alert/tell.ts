import type { Button } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { isOver, type NoticePreview, type NoticeRow, noticeButton, previewText } from '../notice/index.ts';
import type { Sheet } from '../outbox/index.ts';
import { formatWhen, oneLine, plain } from '../text/index.ts';
import type { AlertRow, OutageRow } from './model.ts';

/** An outage as staff see it. */
export interface Shown {
  readonly outage: OutageRow;
  readonly notice: NoticeRow;
  readonly alerts: readonly AlertRow[];
  /** What would be sent; absent when nothing is prepared. */
  readonly preview: NoticePreview | undefined;
  /** The one that goes on in its place. */
  readonly by?: number | undefined;
}

/** A message at the desk. */
export interface DeskText {
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** Alerts that are named where there is room; fewer where there is less. */
const NAMED: readonly number[] = [6, 3, 1, 0];
/** Longest name of one. */
const SUMMARY = 80;

/** The head of the post of an outage. */
export function outageSheet(act: Act, { notice }: Shown): Sheet {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  return {
    mark: `Alert N-${notice.id}`,
    title: plain(say('alert-sheet-title')),
    text: say('alert-sheet', { number: notice.id }),
  };
}

/** The message of an outage: what fires, and who would be told what, with the buttons; or what became of it. */
export function outageText(act: Act, channel: string, shown: Shown, last: boolean): DeskText {
  const reader = { locale: act.policy.staff.language, channel };
  const { limits } = channelOf(act, channel);
  const { notice, preview } = shown;
  let made: DeskText = { text: '', buttons: [] };
  for (const named of NAMED) {
    const before = [...alertLines(act, shown, named), stateLine(act, shown)].filter(Boolean).join('\n\n');
    // What comes after the publication is in a message of its own, while those are not too many.
    made =
      preview !== undefined && (notice.revision === 0 || last)
        ? previewText(act, reader, notice, preview, before)
        : { text: before, buttons: buttonsOf(act, shown) };
    if (limits.measure(made.text) <= limits.text) break;
  }
  return made;
}

/** What is new of an outage, as a message of its own; undefined when its first message says enough. */
export function outageNews(act: Act, channel: string, shown: Shown): DeskText | undefined {
  const { outage, notice, preview } = shown;
  const reader = { locale: act.policy.staff.language, channel };
  const line = (key: string): string => act.phrases.say(reader.locale, key, { number: notice.id });
  const alone = (key: string): DeskText => ({ text: line(key), buttons: [] });
  if (isOver(notice.state)) return notice.state === 'resolved' ? alone('alert-news-resolved') : undefined;
  const isCalm = outage.calmAt !== null;
  if (notice.revision === 0) return alone(isCalm ? 'alert-news-calm' : 'alert-news-again');
  const lead = notice.prepared?.move === 'resolve' ? 'alert-news-resolve' : 'alert-news-more';
  if (preview !== undefined) return previewText(act, reader, notice, preview, line(lead));
  return alone(outage.auto && notice.revision === 1 ? 'alert-news-published' : 'alert-news-again');
}

function alertLines(act: Act, { outage, alerts }: Shown, named: number): string[] {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  const firing = alerts.filter(({ state }) => state === 'firing').length;
  const lines = alerts.slice(0, named).map(one => `- ${alertLine(act, one)}`);
  const more = alerts.length - lines.length;
  return [
    say('alert-count', { firing, count: alerts.length }),
    [...lines, ...(more > 0 ? [`- ${say('alert-more', { count: more })}`] : [])].join('\n'),
    outage.truncated > 0 ? say('alert-truncated', { count: outage.truncated }) : '',
  ];
}

/** One alert: what it says, who says so, and since when. */
export function alertLine(act: Act, { summary, source, state, beganAt, endedAt }: AlertRow): string {
  const { language } = act.policy.staff;
  const { zone } = act.policy.desk;
  const at = state === 'firing' ? beganAt : (endedAt ?? beganAt);
  const when = formatWhen(at, language, zone, act.at);
  return act.phrases.say(language, `alert-line-${state}`, {
    summary: oneLine(summary, SUMMARY),
    source,
    when,
  });
}

function stateLine(act: Act, { outage, notice, by }: Shown): string {
  const { language } = act.policy.staff;
  const say = act.phrases.say.bind(act.phrases, language);
  const number = notice.id;
  const at = outage.nextAt === null ? '' : formatWhen(outage.nextAt, language, act.policy.desk.zone, act.at);
  if (by !== undefined) return say('alert-state-elsewhere', { number: by });
  if (notice.state === 'cancelled') return say('alert-state-closed');
  if (isOver(notice.state)) return say('alert-state-resolved', { number });
  if (notice.revision > 0) return say('alert-state-published', { number });
  if (outage.edition !== notice.edition) return say('alert-state-touched');
  if (at === '') return '';
  return say(outage.calmAt === null ? 'alert-state-auto' : 'alert-state-calm', { at });
}

function buttonsOf(act: Act, { notice }: Shown): readonly Button[] {
  if (isOver(notice.state)) return [];
  const reader = { locale: act.policy.staff.language, channel: '' };
  return [noticeButton(act, reader, `notice-form:${notice.id}:update`, 'button-alert-update')];
}
