import {
  bigint,
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

/** Planned work, a change or an outage. */
export const notice = pgTable('notice', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  key: text('key').notNull(),
  sha256: bytea('sha256').notNull(),
  kind: text('kind', { enum: ['maintenance', 'change', 'outage'] }).notNull(),
  state: text('state').notNull(),
  revision: integer('revision').notNull(),
  edition: integer('edition').notNull(),
  prepared: jsonb('prepared'),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
});

/** What was confirmed of it. */
export const noticeRevision = pgTable(
  'notice_revision',
  {
    noticeId: id('notice_id').notNull(),
    revision: integer('revision').notNull(),
    edition: integer('edition').notNull(),
    move: text('move', { enum: ['announce', 'update', 'reschedule', 'cancel', 'resolve'] }).notNull(),
    state: text('state').notNull(),
    content: jsonb('content').notNull(),
    racks: jsonb('racks'),
    numbers: jsonb('numbers'),
    handleId: id('handle_id'),
    at: time('at').notNull(),
  },
  table => [primaryKey({ columns: [table.noticeId, table.revision] })],
);

/** Whom a revision concerns, and by what. */
export const noticeHit = pgTable('notice_hit', {
  noticeId: id('notice_id').notNull(),
  revision: integer('revision').notNull(),
  accountId: id('account_id').notNull(),
  serviceId: id('service_id'),
  object: smallint('object').notNull(),
});

/** What is done later by itself. */
export const noticeStep = pgTable(
  'notice_step',
  {
    noticeId: id('notice_id').notNull(),
    revision: integer('revision').notNull(),
    stage: text('stage').notNull(),
    dueAt: time('due_at').notNull(),
    doneAt: time('done_at'),
  },
  table => [primaryKey({ columns: [table.noticeId, table.revision, table.stage] })],
);

/** What a ticket has to do with a notice. */
export const ticketNotice = pgTable(
  'ticket_notice',
  {
    ticketId: id('ticket_id').notNull(),
    noticeId: id('notice_id').notNull(),
    how: text('how', { enum: ['part', 'about'] }).notNull(),
    since: time('since').notNull(),
    endedAt: time('ended_at'),
  },
  table => [primaryKey({ columns: [table.ticketId, table.noticeId] })],
);
