import { bigint, boolean, integer, pgTable, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });

/** One file that came with a message. */
export const file = pgTable('file', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ticketId: id('ticket_id').notNull(),
  messageId: id('message_id').notNull(),
  channel: text('channel').notNull(),
  source: text('source'),
  name: text('name').notNull(),
  state: text('state', { enum: ['waiting', 'held', 'ready', 'refused', 'lost', 'dropped'] }).notNull(),
  safeName: text('safe_name'),
  type: text('type'),
  size: id('size'),
  sha256: text('sha256'),
  storageKey: text('storage_key'),
  why: text('why'),
  attempts: integer('attempts').notNull().default(0),
  late: boolean('late').notNull().default(false),
  heldTold: boolean('held_told').notNull().default(false),
  runAt: time('run_at').notNull(),
  leasedUntil: time('leased_until'),
  fence: id('fence').notNull().default(0),
  passedAt: time('passed_at'),
  createdAt: time('created_at').notNull(),
});
