import { date, pgTable, timestamp } from '../orm.ts';

/** The weeks whose report was posted to the desk. */
export const weekReport = pgTable('week_report', {
  monday: date('monday').primaryKey(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
});
