import type { Act } from '../context.ts';
import { postSheets } from '../outbox/index.ts';
import { literalInline, oneLine, plain } from '../text/index.ts';
import { type NotReached, readMissed } from './board.ts';
import type { NoticeKind } from './model.ts';
import { readContent } from './read.ts';
import { titleIn } from './rules/worded.ts';

/** Staff hear of several at once: it is looked at this long after the first was missed, in ms. */
const TOGETHER_MS = 60_000;
/** People named in one message. */
const NAMED = 15;

/** Has staff told of who cannot be reached, once what is under way has ended. */
export async function planMissed(act: Act, id: number, revision: number): Promise<void> {
  await act.tx`
    insert into notice_step (notice_id, revision, stage, due_at)
    values (${id}, ${revision}, 'missed', ${new Date(act.at.getTime() + TOGETHER_MS)})
    on conflict (notice_id, revision, stage) do update set due_at = excluded.due_at, done_at = null where notice_step.done_at is not null`;
}

/** Tells every desk who was not reached since it was told last, and what was tried. False while something is still under way. */
export async function postMissed(
  act: Act,
  notice: { readonly id: number; readonly kind: NoticeKind },
  revision: number,
): Promise<boolean> {
  const { id } = notice;
  const [open] = await act.tx`
    select from dispatch where notice_id = ${id} and revision = ${revision} and state in ('planned', 'trying') limit 1`;
  if (open !== undefined) return false;
  const missed = await readMissed(act.tx, id, revision);
  const content = await readContent(act.tx, id, revision);
  if (missed.length === 0 || content === undefined) return true;
  const locale = act.policy.staff.language;
  const say = act.phrases.say.bind(act.phrases, locale);
  const sheet = {
    mark: `N-${id}`,
    title: plain(say('notice-missed-title', { count: missed.length })),
    text: say('notice-missed-head', { number: id, title: titleIn(content, locale), count: missed.length }),
  };
  const lines = missed.slice(0, NAMED).map(one => `- ${missedLine(act, one)}`);
  const more = missed.length > NAMED ? [say('notice-missed-more', { count: missed.length - NAMED })] : [];
  await postSheets(act, { sheet, below: [{ text: [lines.join('\n'), ...more].join('\n\n') }] });
  return true;
}

/** One of them, with what was tried. */
export function missedLine(act: Act, { account, contact, why, tried }: NotReached): string {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  const who = oneLine([contact?.name, account.name].filter(Boolean).join(', '), 80);
  const reason = say(`notice-why-${why}`);
  const places = tried.map(one => literalInline(oneLine(`${one.name} (${one.channel})`, 60)));
  return `**${literalInline(who)}**: ${reason}${places.length > 0 ? ` ${places.join(', ')}` : ''}`;
}
