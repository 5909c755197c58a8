import { bigint, customType, pgTable, primaryKey, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A mailbox that is written to of all that is public. */
export const subscriber = pgTable('subscriber', {
  handleId: id('handle_id').primaryKey(),
  locale: text('locale').notNull(),
  confirmedAt: time('confirmed_at').notNull(),
});

/** A mail that asks whether it is wanted. */
export const subscriberAsk = pgTable('subscriber_ask', {
  id: id('id').primaryKey().generatedAlwaysAsIdentity(),
  handleId: id('handle_id').notNull(),
  locale: text('locale').notNull(),
  sha256: bytea('sha256').notNull(),
  madeAt: time('made_at').notNull(),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** What was said in public and is planned for all. */
export const statusWord = pgTable(
  'status_word',
  {
    noticeId: id('notice_id').notNull(),
    word: text('word').notNull(),
    plannedAt: time('planned_at').notNull(),
  },
  table => [primaryKey({ columns: [table.noticeId, table.word] })],
);

/** To whom it goes. */
export const statusMail = pgTable(
  'status_mail',
  {
    handleId: id('handle_id').notNull(),
    noticeId: id('notice_id').notNull(),
    word: text('word').notNull(),
    plannedAt: time('planned_at').notNull(),
    sentAt: time('sent_at'),
  },
  table => [primaryKey({ columns: [table.handleId, table.noticeId, table.word] })],
);
