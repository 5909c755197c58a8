import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });

/** Something that is to happen to a ticket at a moment. */
export const timer = pgTable(
  'timer',
  {
    id: id('id').primaryKey().generatedByDefaultAsIdentity(),
    ticketId: id('ticket_id').notNull(),
    target: text('target').notNull(),
    cycle: integer('cycle').notNull(),
    step: text('step').notNull(),
    dueAt: time('due_at').notNull(),
    generation: integer('generation').notNull().default(1),
    state: text('state', { enum: ['pending', 'fired', 'cancelled'] })
      .notNull()
      .default('pending'),
    runAt: time('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    leasedUntil: time('leased_until'),
    fence: id('fence').notNull().default(0),
    firedAt: time('fired_at'),
    alarmedAt: time('alarmed_at'),
  },
  table => [unique('timer_step').on(table.ticketId, table.target, table.cycle, table.step)],
);

/** What was promised, as the policy had it. */
export const terms = pgTable('terms', {
  hash: text('hash').primaryKey(),
  content: jsonb('content').notNull(),
  seenAt: time('seen_at').notNull(),
});

/** What a ticket's events come to: one cycle of one target. */
export const promise = pgTable(
  'promise',
  {
    ticketId: id('ticket_id').notNull(),
    target: text('target').notNull(),
    cycle: integer('cycle').notNull(),
    startedAt: time('started_at').notNull(),
    dueAt: time('due_at'),
    state: text('state', { enum: ['running', 'paused', 'met', 'missed', 'void'] }).notNull(),
    endedAt: time('ended_at'),
    missedAt: time('missed_at'),
    paused: jsonb('paused').$type<[number, number | null][]>().notNull().default([]),
    terms: text('terms').notNull(),
  },
  table => [primaryKey({ columns: [table.ticketId, table.target, table.cycle] })],
);
