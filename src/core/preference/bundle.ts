import type { CalendarSheet } from '../calendar/index.ts';
import type { Act } from '../context.ts';
import { literal, plain } from '../text/index.ts';
import type { NoticeTeller, Reader, Words } from './model.ts';
import type { TryState } from './rules/choose-route.ts';

/** Notices that one message tells of at most: more are told by the next. */
const TOGETHER = 8;

/** A dispatch, and what its notice says. */
interface Follower {
  readonly id: number;
  readonly words: Words;
}

/** The dispatch whose message tells of all, and what became of its tries so far. */
interface Lead {
  readonly id: number;
  readonly contactId: number;
  readonly tried: readonly TryState[];
}

/**
 * Takes along what else is due to be told to the same contact: planned work and changes, never an outage. Returns the words of all, those of the
 * first alone where there is nothing else.
 */
export async function bundled(
  act: Act,
  lead: Lead & { readonly words: Words },
  reader: Reader,
  notices: NoticeTeller,
): Promise<Words> {
  const followers = await followersOf(act, lead, reader, notices);
  if (followers.length === 0) return lead.words;
  const ids = followers.map(({ id }) => id);
  await act.tx`
    update dispatch set lead_id = ${lead.id}, state = 'trying', due_at = ${act.at} where id = any(${ids}::bigint[])`;
  return together(act, [lead, ...followers], reader);
}

/** Those that were taken along before, as far as they are still so, and at the first try what is due now. */
async function followersOf(act: Act, lead: Lead, reader: Reader, notices: NoticeTeller): Promise<Follower[]> {
  const { id, contactId } = lead;
  const isFirst = lead.tried.length === 0;
  const others = await act.tx<{ id: number }[]>`
    select id from dispatch where contact_id = ${contactId} and id <> ${id} and notice_id is not null and not urgent
      and ((lead_id = ${id} and state = 'trying') or (${isFirst} and lead_id is null and state in ('planned', 'held') and due_at <= ${act.at}))
    order by id limit ${TOGETHER - 1} for update skip locked`;
  const followers: Follower[] = [];
  for (const other of others) {
    const matter = await notices.matter(act, other.id, reader);
    if (matter.is === 'wanted') followers.push({ id: other.id, words: matter.words });
    else await letGo(act, other.id, lead);
  }
  return followers;
}

/** Of what is no longer so nothing more is said; where it was told already it stays told. */
async function letGo(act: Act, id: number, { id: leadId, tried }: Lead): Promise<void> {
  const reached = (['sent', 'unknown'] as const).find(state => tried.includes(state));
  await (reached === undefined
    ? act.tx`update dispatch set lead_id = null, state = 'planned' where id = ${id} and lead_id = ${leadId}`
    : act.tx`update dispatch set state = ${reached}, settled_at = ${act.at} where id = ${id} and lead_id = ${leadId}`);
}

/** What was told by the message of another ends as that did; where nobody has got it, each is told by itself. */
export async function endFollowers(
  act: Act,
  leadId: number,
  end: { readonly state: string; readonly why: string | null },
): Promise<readonly number[]> {
  if (end.state === 'skipped') {
    await act.tx`
      update dispatch set lead_id = null, state = 'planned', due_at = ${act.at} where lead_id = ${leadId} and state = 'trying'`;
    return [];
  }
  const rows = await act.tx<{ id: number }[]>`
    update dispatch set state = ${end.state}, why = ${end.why}, settled_at = ${act.at} where lead_id = ${leadId} and state = 'trying' returning id`;
  return rows.map(({ id }) => id);
}

function together(act: Act, told: readonly Follower[], { locale }: Reader): Words {
  const all = told.map(({ words }) => words);
  const calendar = sheetOf(all);
  return {
    subject: plain(act.phrases.say(locale, 'notice-bundle', { count: all.length })),
    text: all.map(({ subject, text }) => `**${literal(subject)}**\n\n${text}`).join('\n\n'),
    bundle: told.flatMap(({ id, words: { now } }) => (now === undefined ? [] : [{ dispatchId: id, now }])),
    ...(calendar && { calendar }),
  };
}

/** All their entries in one file. */
function sheetOf(all: readonly Words[]): CalendarSheet | undefined {
  const sheets = all.flatMap(({ calendar }) => calendar ?? []);
  const [first] = sheets;
  return first && { ...first, entries: sheets.flatMap(({ entries }) => entries) };
}
