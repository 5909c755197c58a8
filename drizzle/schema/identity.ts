import { bigint, pgTable, text, timestamp } from '../orm.ts';

/** One identity on one channel. */
export const handle = pgTable('handle', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  channel: text('channel').notNull(),
  space: text('space').notNull(),
  externalId: text('external_id').notNull(),
  name: text('name').notNull(),
  locale: text('locale'),
  seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
  staffAt: timestamp('staff_at', { withTimezone: true }),
});

/** Which contact a handle was proved to be. */
export const link = pgTable('link', {
  handleId: bigint('handle_id', { mode: 'number' }).primaryKey(),
  contactId: bigint('contact_id', { mode: 'number' }).notNull(),
  how: text('how', { enum: ['client-area', 'mail', 'session'] }).notNull(),
  linkedAt: timestamp('linked_at', { withTimezone: true }).notNull(),
  provedAt: timestamp('proved_at', { withTimezone: true }),
});
