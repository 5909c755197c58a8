import type { Button, Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { departmentName, priorityName, priorityOf } from '../policy/index.ts';
import { clip, formatWhen, literal, oneLine, plain } from '../text/index.ts';

/** Longest part of the description that the card itself shows, in UTF-16 units; the rest follows as messages. */
export const CARD_BODY = 1000;

interface CardRow {
  readonly state: string;
  readonly priority: string;
  readonly department: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly firstReplyAt: Date | null;
  readonly body: string;
  readonly from: string;
  readonly fromId: string;
  readonly channel: string;
  readonly assignee: string | null;
}

/** The card of a ticket as it stands now, in the staff's language. */
export async function cardOf(ctx: Context, ticketId: number, id: string): Promise<Card> {
  const row = await readRow(ctx, ticketId);
  const locale = ctx.policy.staff.language;
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  const tags = [
    { group: 'state', label: say(`desk-tag-${row.state}`) },
    { group: 'priority', label: tagLabel(priorityName(ctx.policy, row.priority, locale)) },
    { group: 'department', label: tagLabel(departmentName(ctx.policy, row.department, locale)) },
  ] as const;
  return {
    id,
    mark: `#${ticketId}`,
    title: oneLine(`#${ticketId} ${row.subject}`, 80),
    state: row.state,
    tags,
    vocabulary: vocabulary(ctx, locale, say),
    lines: lines(ctx, row, locale, say),
    body: row.body.length <= CARD_BODY ? row.body : literal(clip(plain(row.body), CARD_BODY)),
    buttons: buttons(row, ticketId, say),
    urgent: priorityOf(ctx.policy, row.priority)?.critical === true,
  };
}

async function readRow(ctx: Context, ticketId: number): Promise<CardRow> {
  const rows = await ctx.database.sql<CardRow[]>`
    select t.state, t.priority, t.department, t.subject, t.facts, t.opened_at as "openedAt", t.first_reply_due_at as "dueAt",
      t.first_reply_at as "firstReplyAt", m.body, h.name as from, h.external_id as "fromId", h.channel, a.name as assignee
    from ticket t join handle h on h.id = t.handle_id left join handle a on a.id = t.assignee_id
    join lateral (select body from message where ticket_id = t.id and kind = 'request' order by id limit 1) m on true
    where t.id = ${ticketId}`;
  const row = rows[0];
  if (row === undefined) throw new Error(`there is no ticket ${ticketId}`);
  return row;
}

/** Platforms allow short tags only (Discord: 20 characters), so a long name keeps the part before its explanation. */
function tagLabel(name: string): string {
  return oneLine((name.split(/\s[–—-]\s/)[0] ?? name).trim(), 20);
}

function vocabulary(ctx: Context, locale: string, say: (key: string) => string): string[] {
  return [
    ...['open', 'waiting', 'solved', 'closed'].map(state => say(`desk-tag-${state}`)),
    ...ctx.policy.priorities.map(one => tagLabel(priorityName(ctx.policy, one.id, locale))),
    ...ctx.policy.departments.map(one => tagLabel(departmentName(ctx.policy, one.id, locale))),
  ];
}

function lines(ctx: Context, row: CardRow, locale: string, say: (key: string) => string): Card['lines'] {
  const { zone } = ctx.policy.desk;
  const when = (date: Date): string => formatWhen(date, locale, zone, ctx.now(), { zone: 'abbreviation' });
  const facts = Object.entries(row.facts).map(([field, value]) => ({
    label: say(`field-${field}`),
    value: literal(field === 'began' ? when(new Date(value)) : value),
  }));
  const promise =
    row.firstReplyAt === null ? [{ label: say('desk-first-reply'), value: literal(when(row.dueAt)) }] : [];
  return [
    { label: say('desk-from'), value: literal(`${row.from || row.fromId} (${row.channel})`) },
    { label: say('desk-state'), value: literal(say(`desk-state-${row.state}`)) },
    { label: say('desk-priority'), value: literal(priorityName(ctx.policy, row.priority, locale)) },
    { label: say('desk-department'), value: literal(departmentName(ctx.policy, row.department, locale)) },
    { label: say('desk-assignee'), value: literal(row.assignee ?? say('desk-nobody')) },
    { label: say('desk-opened'), value: literal(when(row.openedAt)) },
    ...promise,
    ...facts,
  ];
}

function buttons(row: CardRow, ticketId: number, say: (key: string) => string): Button[] {
  const all: readonly (Button & { readonly when: readonly string[] })[] = [
    {
      action: `claim:${ticketId}`,
      label: say('button-claim'),
      style: 'primary',
      when: ['open', 'waiting', 'solved'],
    },
    { action: `wait:${ticketId}`, label: say('button-wait'), style: 'plain', when: ['open'] },
    { action: `solve:${ticketId}`, label: say('button-solve'), style: 'success', when: ['open', 'waiting'] },
    {
      action: `close:${ticketId}`,
      label: say('button-close'),
      style: 'danger',
      when: ['open', 'waiting', 'solved'],
    },
  ];
  return all
    .filter(one => one.when.includes(row.state) && !(one.action.startsWith('claim') && row.assignee !== null))
    .map(({ when: _when, ...button }) => button);
}
