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
 * Takes along what else is due to be told to the same contact: planned work and changes, never an outage, as long as all of it is one message wherever it goes
 * (a part of a message could be sent, and the next one not). Returns the words of all, those of the first alone where there is nothing else.
 *
 * @param fits whether words are one message in each place that they are for
 */
export async function bundled(
  act: Act,
  lead: Lead & { readonly words: Words },
  reader: Reader,
  notices: NoticeTeller,
  fits: (words: Words) => boolean,
): Promise<Words> {
  const told: Follower[] = [lead];
  for (const { id, isNew } of await othersOf(act, lead)) {
    const matter = await notices.matter(act, id, reader);
    const more = matter.is === 'wanted' ? [...told, { id, words: matter.words }] : undefined;
    if (more !== undefined && more.length <= TOGETHER && fits(together(act, more, reader)))
      told.push(...more.slice(-1));
    else if (!isNew) await letGo(act, lead, id);
  }
  const [, ...followers] = told;
  if (followers.length === 0) return lead.words;
  await act.tx`
    update dispatch set lead_id = ${lead.id}, state = 'trying', due_at = ${act.at} where id = any(${followers.map(({ id }) => id)}::bigint[])`;
  return together(act, told, reader);
}

/** Those that were taken along before, and at the first try what is due now. */
async function othersOf(
  act: Act,
  { id, contactId, tried }: Lead,
): Promise<readonly { readonly id: number; readonly isNew: boolean }[]> {
  const own = await act.tx<{ id: number; isNew: boolean }[]>`
    select id, false as "isNew" from dispatch where lead_id = ${id} and state = 'trying' order by id for update`;
  if (tried.length > 0) return own;
  const fresh = await act.tx<{ id: number; isNew: boolean }[]>`
    select id, true as "isNew" from dispatch where contact_id = ${contactId} and id <> ${id} and notice_id is not null and not urgent
      and lead_id is null and state in ('planned', 'held') and due_at <= ${act.at}
    order by id limit ${TOGETHER} for update skip locked`;
  return [...own, ...fresh];
}

/**
 * Lets go of one that was taken along, or of all: each is told by itself, and what is no longer so of it not at all. What was told already stays told.
 */
export async function letGo(
  act: Act,
  { id: leadId, tried }: Omit<Lead, 'contactId'>,
  id?: number,
): Promise<void> {
  const reached = (['sent', 'unknown'] as const).find(state => tried.includes(state));
  const which = act.tx`lead_id = ${leadId} and state = 'trying' and (${id ?? null}::bigint is null or id = ${id ?? null})`;
  await (reached === undefined
    ? act.tx`update dispatch set lead_id = null, state = 'planned', due_at = ${act.at} where ${which}`
    : act.tx`update dispatch set state = ${reached}, settled_at = ${act.at} where ${which}`);
}

/** What was told by the message of another ends as that did; where nobody has got it, each is told by itself. */
export async function endFollowers(
  act: Act,
  leadId: number,
  end: { readonly state: string; readonly why: string | null },
): Promise<readonly number[]> {
  if (end.state === 'skipped') {
    await letGo(act, { id: leadId, tried: [] });
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
