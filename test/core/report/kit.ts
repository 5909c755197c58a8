import type { ScriptedChannel } from '../../harness/channel.ts';
import type { TestDesk } from '../../harness/desk.ts';

const MINUTE_MS = 60_000;

/** A promise as the clock writes it down. */
export interface Promised {
  readonly ticketId: number;
  readonly target?: string;
  readonly startedAt: Date;
  /** Minutes until it was answered; nobody did when absent. */
  readonly minutes?: number;
}

/** Puts a promise of ten minutes into the database, as it stands when nobody looks again. */
export async function promised(
  { database }: TestDesk,
  { ticketId, target = 'first-reply', startedAt, minutes }: Promised,
): Promise<void> {
  const after = (count: number): Date => new Date(startedAt.getTime() + count * MINUTE_MS);
  const late = minutes === undefined || minutes > 10;
  await database.sql`
    insert into terms (hash, content, seen_at) values ('t', '{}', ${startedAt}) on conflict do nothing`;
  await database.sql`
    insert into promise (ticket_id, target, cycle, started_at, due_at, state, ended_at, missed_at, terms)
    values (${ticketId}, ${target}, (select count(*) + 1 from promise where ticket_id = ${ticketId} and target = ${target}),
      ${startedAt}, ${after(10)}, ${late ? 'missed' : 'met'}, ${minutes === undefined ? null : after(minutes)},
      ${late ? after(10) : null}, 't')`;
}

/** What a channel was asked to post in its desk besides tickets' posts: each with its place, its text and its pictures. */
export function posted(channel: ScriptedChannel, isAbout = /^Week /): { text: string; pictures: string[] }[] {
  const heads = channel.calls.filter(call => call.what === 'desk-post' && isAbout.test(call.text));
  const first = channel.calls.indexOf(heads[0] as (typeof heads)[number]);
  if (first < 0) return [];
  return channel.calls
    .slice(first)
    .filter(call => heads.includes(call) || call.what === 'deliver')
    .map(({ text, files = [] }) => ({ text, pictures: files.map(({ name }) => name) }));
}
