import { bigint, boolean, customType, integer, jsonb, pgTable, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** What somebody of the staff said of themselves. */
export const duty = pgTable('duty', {
  person: text('person').primaryKey(),
  onDuty: boolean('on_duty').notNull(),
  since: time('since').notNull(),
  ways: text('ways').array(),
  feedSha256: bytea('feed_sha256'),
});

/** Somebody who stands in on a rotation. */
export const standIn = pgTable('stand_in', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  oncall: text('oncall').notNull(),
  person: text('person').notNull(),
  fromAt: time('from_at').notNull(),
  toAt: time('to_at').notNull(),
  byHandleId: id('by_handle_id').notNull(),
  madeAt: time('made_at').notNull(),
});

/** One way up the ladder for a ticket. */
export const climb = pgTable('climb', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ticketId: id('ticket_id').notNull(),
  plan: jsonb('plan').notNull(),
  state: text('state', { enum: ['climbing', 'acknowledged', 'calling', 'ended'] }).notNull(),
  step: integer('step').notNull(),
  reached: integer('reached').notNull(),
  repeated: integer('repeated').notNull().default(0),
  round: integer('round').notNull().default(0),
  person: text('person'),
  begunAt: time('begun_at').notNull(),
  endedAt: time('ended_at'),
});

/** One message to a person about tickets. */
export const call = pgTable('call', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  person: text('person').notNull(),
  way: text('way').notNull(),
  channel: text('channel').notNull(),
  madeAt: time('made_at').notNull(),
});

/** One person who is to look at one ticket. */
export const page = pgTable('page', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  climbId: id('climb_id').notNull(),
  ticketId: id('ticket_id').notNull(),
  person: text('person').notNull(),
  step: integer('step').notNull(),
  ways: jsonb('ways').notNull(),
  why: text('why').notNull(),
  state: text('state', {
    enum: ['due', 'called', 'acknowledged', 'passed', 'unreachable', 'ended'],
  }).notNull(),
  dueAt: time('due_at'),
  callId: id('call_id'),
  madeAt: time('made_at').notNull(),
  settledAt: time('settled_at'),
});
