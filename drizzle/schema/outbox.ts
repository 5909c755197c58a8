import { bigint, boolean, integer, jsonb, pgTable, smallint, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });

/** The order and the lease of one place's deliveries. */
export const lane = pgTable('lane', {
  placeId: id('place_id').primaryKey(),
  channel: text('channel').notNull(),
  tail: integer('tail').notNull(),
  backlog: integer('backlog').notNull(),
  rank: smallint('rank').notNull(),
  opens: boolean('opens').notNull().default(false),
  revision: integer('revision').notNull().default(0),
  wakeAt: time('wake_at').notNull(),
  leasedUntil: time('leased_until'),
  fence: id('fence').notNull().default(0),
});

/** One message on its way to one place. */
export const delivery = pgTable('delivery', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  placeId: id('place_id').notNull(),
  placeRole: text('place_role').notNull(),
  seq: integer('seq').notNull(),
  rank: smallint('rank').notNull(),
  kind: text('kind', {
    enum: ['thread', 'post', 'desk-post', 'card', 'react', 'follow', 'echo', 'home'],
  }).notNull(),
  ticketId: id('ticket_id'),
  messageId: id('message_id'),
  messageKind: text('message_kind'),
  content: jsonb('content').notNull(),
  state: text('state', {
    enum: ['pending', 'sending', 'retry', 'sent', 'unknown', 'dead', 'cancelled'],
  }).notNull(),
  attempts: integer('attempts').notNull().default(0),
  doubt: boolean('doubt').notNull().default(false),
  ref: text('ref'),
  error: text('error'),
  createdAt: time('created_at').notNull(),
  firstTriedAt: time('first_tried_at'),
  settledAt: time('settled_at'),
  targetId: id('target_id'),
  holdUntil: time('hold_until'),
  dispatchId: id('dispatch_id'),
  callId: id('call_id'),
});
