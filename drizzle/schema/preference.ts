import {
  bigint,
  boolean,
  customType,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const type = (name: string) =>
  text(name, {
    enum: ['invoices', 'technical', 'abuse', 'announcements', 'maintenance', 'outages'],
  });

/** A contact's own wishes, over what the billing system says of them. */
export const preference = pgTable('preference', {
  contactId: id('contact_id').primaryKey(),
  locale: text('locale'),
  zone: text('zone'),
  quietFrom: smallint('quiet_from'),
  quietTo: smallint('quiet_to'),
  invites: boolean('invites').notNull().default(false),
  updatedAt: time('updated_at').notNull(),
});

/** Where things of a type go, first choice first. */
export const route = pgTable(
  'route',
  {
    contactId: id('contact_id').notNull(),
    type: type('type').notNull(),
    handles: id('handles').array().notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  table => [primaryKey({ columns: [table.contactId, table.type] })],
);

/** A mail address that is not on file and that its contact has shown to be theirs. */
export const confirmedAddress = pgTable(
  'confirmed_address',
  {
    contactId: id('contact_id').notNull(),
    handleId: id('handle_id').notNull(),
    confirmedAt: time('confirmed_at').notNull(),
  },
  table => [primaryKey({ columns: [table.contactId, table.handleId] })],
);

/** A code that was sent to such an address. */
export const confirmation = pgTable('confirmation', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  contactId: id('contact_id').notNull(),
  handleId: id('handle_id').notNull(),
  sha256: bytea('sha256').notNull(),
  madeAt: time('made_at').notNull(),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** A code of a contact that did not work. */
export const wrongCode = pgTable('wrong_code', {
  contactId: id('contact_id').notNull(),
  at: time('at').notNull(),
});

/** Something the provider's own program asked the desk to tell. */
export const notification = pgTable('notification', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  key: text('key').notNull(),
  sha256: bytea('sha256').notNull(),
  type: text('type').notNull(),
  urgent: boolean('urgent').notNull(),
  createdAt: time('created_at').notNull(),
});

/** One thing that one contact is told. */
export const dispatch = pgTable('dispatch', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  contactId: id('contact_id').notNull(),
  notificationId: id('notification_id'),
  type: type('type').notNull(),
  urgent: boolean('urgent').notNull(),
  ticketId: id('ticket_id'),
  messageId: id('message_id'),
  messageKind: text('message_kind'),
  content: jsonb('content').notNull(),
  state: text('state', {
    enum: ['planned', 'held', 'trying', 'sent', 'failed', 'unknown', 'skipped'],
  }).notNull(),
  why: text('why'),
  dueAt: time('due_at').notNull(),
  createdAt: time('created_at').notNull(),
  settledAt: time('settled_at'),
  noticeId: id('notice_id'),
  revision: integer('revision'),
  stage: text('stage'),
  leadId: id('lead_id'),
});
