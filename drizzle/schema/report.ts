import { bigint, date, integer, pgTable, text, timestamp } from '../orm.ts';

/** The weeks whose report was posted to the desk. */
export const weekReport = pgTable('week_report', {
  monday: date('monday').primaryKey(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
});

/** Whether a customer was asked how it went, and what they said. */
export const rating = pgTable('rating', {
  ticketId: bigint('ticket_id', { mode: 'number' }).primaryKey(),
  askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
  answer: text('answer', { enum: ['good', 'fair', 'bad'] }),
  comment: text('comment'),
  handleId: bigint('handle_id', { mode: 'number' }),
  answeredAt: timestamp('answered_at', { withTimezone: true }),
  changes: integer('changes').notNull().default(0),
});
