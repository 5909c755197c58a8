import type { Button, Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { departmentName, priorityName, priorityOf } from '../policy/index.ts';
import { clip, literal, oneLine, plain } from '../text/index.ts';
import { ladderLines } from './card-ladder.ts';
import { noticeLines } from './card-notice.ts';
import { ownerLines } from './card-owner.ts';
import { isUrgent, promiseLine } from './card-promises.ts';
import { type CardRow, readCard } from './card-read.ts';
import { cardTime } from './card-time.ts';
import { copiesLine } from './copies.ts';

/** Longest part of the description that the card itself shows, in UTF-16 units; the rest follows as messages. */
export const CARD_BODY = 1000;
/** The same for each fact. */
export const CARD_FACT = 400;

/** The card of a ticket as it stands now, in the staff's language. */
export async function cardOf(ctx: Context, ticketId: number, id: string): Promise<Card> {
  const locale = ctx.policy.staff.language;
  const row = await readCard(ctx, ticketId);
  const promises = row.promises ?? [];
  const ladder = ladderLines(ctx, row.ladder, locale);
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
    lines: [
      ...lines(
        ctx,
        row,
        locale,
        say,
        await ownerLines(ctx, row, locale),
        promises.map(one => promiseLine(ctx, one, locale)),
      ),
      ...noticeLines(ctx, row.notices, locale),
      ...ladder.lines,
      ...copiesLine(ctx, row.copies, locale),
    ],
    body:
      row.body.length <= CARD_BODY
        ? row.body
        : literal(clip(plain(row.body.slice(0, 2 * CARD_BODY)), CARD_BODY)),
    buttons: buttons(row, ticketId, say),
    hint: say('desk-hint'),
    urgent: priorityOf(ctx.policy, row.priority)?.critical === true || promises.some(isUrgent) || ladder.red,
  };
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

function lines(
  ctx: Context,
  row: CardRow,
  locale: string,
  say: (key: string) => string,
  owner: Card['lines'],
  promises: Card['lines'],
): Card['lines'] {
  const when = (date: Date): string => cardTime(ctx, date, locale);
  const facts = Object.entries(row.facts).map(([field, value]) => ({
    label: say(`field-${field}`),
    value: literal(field === 'began' ? when(new Date(value)) : clip(value, CARD_FACT)),
  }));
  const lost =
    row.gone === null ? [] : [{ label: say('desk-lost'), value: literal(say(`desk-lost-${row.gone}`)) }];
  return [
    { label: say('desk-from'), value: literal(`${row.from || row.fromId} (${row.channel})`) },
    ...identity(row, say, when),
    ...owner,
    ...lost,
    ...(row.way === 'chat' ? [{ label: say('desk-way'), value: literal(say('desk-way-chat')) }] : []),
    { label: say('desk-state'), value: literal(say(`desk-state-${row.state}`)) },
    { label: say('desk-priority'), value: literal(priorityName(ctx.policy, row.priority, locale)) },
    { label: say('desk-department'), value: literal(departmentName(ctx.policy, row.department, locale)) },
    { label: say('desk-assignee'), value: literal(row.assignee ?? say('desk-nobody')) },
    { label: say('desk-opened'), value: literal(when(row.openedAt)) },
    ...promises,
    ...facts,
  ];
}

/** How surely it is who they say. */
function identity(row: CardRow, say: (key: string) => string, when: (date: Date) => string): Card['lines'] {
  if (!row.knowsContacts && row.trust === 'unknown') return [];
  const badge = say(`desk-trust-${row.trust}`);
  const parts = [
    row.trust === 'fresh' && row.provedAt !== null ? `${badge} (${when(row.provedAt)})` : badge,
    ...(row.proofAskedAt === null ? [] : [say('desk-proof-awaited')]),
  ];
  return [{ label: say('desk-identity'), value: literal(parts.join(' · ')) }];
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
    { action: `reopen:${ticketId}`, label: say('button-reopen'), style: 'plain', when: ['solved', 'closed'] },
    {
      action: `ticket:${ticketId}`,
      label: say('button-ticket'),
      style: 'plain',
      when: row.way === 'chat' ? ['open', 'waiting', 'solved'] : [],
    },
    {
      action: `folded:${ticketId}`,
      label: say('button-folded'),
      style: 'plain',
      when: ['open', 'waiting', 'solved', 'closed'],
    },
    {
      action: `verify:${ticketId}`,
      label: say('button-verify'),
      style: 'plain',
      when: row.trust === 'fresh' ? [] : ['open', 'waiting'],
    },
  ];
  const wants: Readonly<Record<string, boolean>> = {
    claim: row.assignee === null,
    folded: row.hasFolded,
    verify: row.knowsContacts && row.proofAskedAt === null,
  };
  return all
    .filter(one => one.when.includes(row.state) && wants[one.action.split(':')[0] ?? ''] !== false)
    .map(({ when: _when, ...button }) => button);
}
