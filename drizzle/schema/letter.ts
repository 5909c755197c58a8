import { bigint, boolean, pgTable, text, timestamp } from '../orm.ts';

/** A letter that became neither a ticket nor a message. */
export const aside = pgTable('aside', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  channel: text('channel').notNull(),
  sender: text('sender').notNull(),
  space: text('space').notNull().default(''),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  why: text('why', { enum: ['reply', 'bulk', 'own', 'flood', 'proof', 'bounce'] }).notNull(),
  told: boolean('told').notNull().default(false),
  at: timestamp('at', { withTimezone: true }).notNull(),
});
