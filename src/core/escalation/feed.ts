import type { Handle } from '../actor.ts';
import { type CalendarEntry, calendarFile, keptOf, newAddress } from '../calendar/index.ts';
import type { Act, Context } from '../context.ts';
import { nameIn } from '../policy/index.ts';
import { plain, raw } from '../text/index.ts';
import { personOf, readPeople } from './people.ts';
import { shifts } from './rules/oncall.ts';
import { openingsOf } from './rules/openings.ts';
import { standInsOf } from './staffing.ts';

const DAY_MS = 86_400_000;
/** What a calendar shows: shifts from two weeks ago on. */
const BACK_MS = 14 * DAY_MS;
/** … to half a year from now. */
const AHEAD_MS = 183 * DAY_MS;
/** Shifts of one rotation in it. */
const LISTED = 400;
/** How often calendar programs look again, in seconds. */
const TTL = 3_600;

/** Makes the secret address of somebody's own calendar; the one before does not work any more. Returns the words with it. Throws `Refusal` when the desk has no public address. */
export async function newFeed(act: Act, who: Handle): Promise<string> {
  const { link, sha256 } = newAddress(act, 'oncall');
  const key = personOf(act, who);
  const [person] = await readPeople(act, act.tx, [key]);
  await act.tx`
    insert into duty (person, on_duty, since, feed_sha256) values (${key}, ${person?.onDuty ?? false}, ${act.at}, ${sha256})
    on conflict (person) do update set feed_sha256 = excluded.feed_sha256`;
  return act.phrases.say(who.locale, 'feed-made', { link: raw(`<${link}>`) });
}

/** The calendar of whoever the token was made for, as iCalendar; undefined for every other text, and when they are in the policy no more. */
export async function readFeed(ctx: Context, token: string): Promise<string | undefined> {
  const kept = keptOf('oncall', token);
  if (kept === undefined) return undefined;
  const { sql } = ctx.database;
  const [row] = await sql<{ person: string }[]>`select person from duty where feed_sha256 = ${kept}`;
  const [person] = row === undefined ? [] : await readPeople(ctx, sql, [row.person]);
  if (person === undefined) return undefined;
  const now = ctx.now();
  const entries: CalendarEntry[] = [];
  for (const schedule of ctx.policy.oncall) {
    const from = new Date(now.getTime() - BACK_MS);
    const standIns = await standInsOf(sql, schedule, from);
    const name = nameIn(ctx.policy, schedule, person.locale);
    let listed = 0;
    for (const shift of shifts(schedule, standIns, openingsOf(ctx.policy), from)) {
      if (shift.from.getTime() > now.getTime() + AHEAD_MS || listed >= LISTED) break;
      if (shift.person !== person.key) continue;
      listed += 1;
      const to = shift.to ?? new Date(now.getTime() + AHEAD_MS);
      entries.push({ id: `${schedule.id}-${shift.from.getTime()}`, title: name, from: shift.from, to });
    }
  }
  const title = ctx.phrases.say(person.locale, 'feed-title', { desk: ctx.policy.desk.name });
  return calendarFile({ name: plain(title), product: 'on call', ttl: TTL }, entries, now);
}
