import type { Act } from '../context.ts';
import { oneLine, plain } from '../text/index.ts';
import type { AlertRow } from './model.ts';
import { addLine, desksOf, openPost, readPost } from './post.ts';
import { lockAlerts } from './read.ts';
import { alertLine } from './tell.ts';

/** One that comes and goes is told again after this, in ms. */
const AGAIN_MS = 3_600_000;
/** Alerts that one message names, and messages of one day; UTF-16 units of a letter's subject and of how it begins. */
const MOST = { named: 5, lines: 30, subject: 120, begins: 300 } as const;

/** Tells staff of alerts that name nothing that anybody has: a line in the post of the day, and no draft. */
export async function tellUnplaced(act: Act, alerts: readonly AlertRow[]): Promise<void> {
  const news = alerts.filter(
    ({ toldAt }) => toldAt === null || act.at.getTime() - toldAt.getTime() >= AGAIN_MS,
  );
  if (news.length === 0) return;
  await act.tx`
    update alert set told_at = ${act.at} where id = any(${news.map(({ id }) => id)}::bigint[])`;
  await tellToday(act, textOf(act, news));
}

/**
 * Tells staff of a letter of a supplier, because customers may have to hear of what it says: its calendars tell of no work (`none`), one of several cannot be
 * read (`unread`), or all of what they tell was known, or is not later (`known`).
 */
export async function tellOfSupplier(
  act: Act,
  source: string,
  letter: { readonly subject: string; readonly text: string },
  calendar: 'none' | 'unread' | 'known',
): Promise<void> {
  await lockAlerts(act);
  const begins = oneLine(plain(letter.text), MOST.begins);
  const subject = oneLine(letter.subject, MOST.subject);
  const text = act.phrases.say(act.policy.staff.language, `work-letter-${calendar}`, {
    source,
    subject,
    begins,
  });
  await tellToday(act, text);
}

/** Says something in the post of the day at every desk, while that is not too much; the last says so. */
export async function tellToday(act: Act, text: string): Promise<void> {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: act.policy.desk.zone }).format(act.at);
  for (const channel of desksOf(act)) {
    const post = await readPost(act, day, channel);
    if (post === undefined) await openPost(act, day, channel, sheetOf(act, day), { text, buttons: [] });
    else if (post.lines < MOST.lines) {
      const end = post.lines === MOST.lines - 1 ? enoughOf(act) : [];
      await addLine(act, day, channel, post, { text: [text, ...end].join('\n\n'), buttons: [] });
    }
  }
}

function sheetOf(act: Act, day: string) {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  return { mark: `Alerts ${day}`, title: plain(say('alert-unplaced-title')), text: say('alert-unplaced') };
}

function enoughOf(act: Act): string[] {
  return [act.phrases.say(act.policy.staff.language, 'alert-unplaced-enough')];
}

function textOf(act: Act, alerts: readonly AlertRow[]): string {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  const more = alerts.length - MOST.named;
  const lines = alerts.slice(0, MOST.named).map(one => `- ${alertLine(act, one)}`);
  const rest = more > 0 ? [`- ${say('alert-more', { count: more })}`] : [];
  return [...lines, ...rest].join('\n');
}
