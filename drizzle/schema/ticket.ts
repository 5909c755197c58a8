import { bigint, boolean, jsonb, pgTable, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });

/** A request with a life; its id is the number that people see. */
export const ticket = pgTable('ticket', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  state: text('state', { enum: ['open', 'waiting', 'solved', 'closed'] }).notNull(),
  priority: text('priority').notNull(),
  department: text('department').notNull(),
  subject: text('subject').notNull(),
  facts: jsonb('facts').$type<Record<string, string>>().notNull(),
  locale: text('locale').notNull(),
  handleId: id('handle_id').notNull(),
  placeId: id('place_id').notNull(),
  assigneeId: id('assignee_id'),
  openedAt: time('opened_at').notNull(),
  escalationAskedAt: time('escalation_asked_at'),
  closedAt: time('closed_at'),
  updatedAt: time('updated_at').notNull(),
  contactId: id('contact_id'),
  accountId: id('account_id'),
  serviceId: id('service_id'),
  trust: text('trust', { enum: ['unknown', 'linked', 'fresh'] })
    .notNull()
    .default('unknown'),
  proofAskedAt: time('proof_asked_at'),
  provedAt: time('proved_at'),
  level: text('level'),
  levelSince: time('level_since'),
  way: text('way', { enum: ['ticket', 'chat', 'mail'] })
    .notNull()
    .default('ticket'),
  wants: text('wants').array().notNull().default([]),
});

/** One utterance in a ticket. */
export const message = pgTable('message', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ticketId: id('ticket_id').notNull(),
  kind: text('kind', { enum: ['request', 'reply', 'note'] }).notNull(),
  handleId: id('handle_id').notNull(),
  body: text('body').notNull(),
  placeId: id('place_id'),
  ref: text('ref'),
  at: time('at').notNull(),
  version: id('version').notNull().default(0),
  deletedAt: time('deleted_at'),
  noted: boolean('noted').notNull().default(false),
  folded: text('folded'),
});

/** One fact about a ticket, never changed. */
export const event = pgTable('event', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ticketId: id('ticket_id').notNull(),
  type: text('type').notNull(),
  handleId: id('handle_id'),
  data: jsonb('data').notNull().default({}),
  at: time('at').notNull(),
});
