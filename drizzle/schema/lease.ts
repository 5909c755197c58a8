import { pgTable, text, timestamp } from '../orm.ts';

/** What only one process may do at a time. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: timestamp('until', { withTimezone: true }).notNull(),
});
