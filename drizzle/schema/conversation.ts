import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });

/** Where people talk. */
export const place = pgTable('place', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  channel: text('channel').notNull(),
  role: text('role', { enum: ['customer', 'desk', 'home'] }).notNull(),
  address: text('address'),
  headRef: text('head_ref'),
  handleId: id('handle_id'),
  ticketId: id('ticket_id'),
  currentTicketId: id('current_ticket_id'),
  near: text('near'),
  gone: text('gone'),
});

/** One platform event that was taken. */
export const receipt = pgTable(
  'receipt',
  {
    id: id('id').generatedByDefaultAsIdentity(),
    channel: text('channel').notNull(),
    eventId: text('event_id').notNull(),
    state: text('state', { enum: ['stored', 'done', 'failed'] }).notNull(),
    placeId: id('place_id'),
    payload: jsonb('payload'),
    attempts: integer('attempts').notNull().default(0),
    runAt: time('run_at').notNull(),
    receivedAt: time('received_at').notNull(),
    saidAt: time('said_at'),
    error: text('error'),
  },
  table => [primaryKey({ columns: [table.channel, table.eventId] })],
);

/** A half-finished form. */
export const draft = pgTable('draft', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  handleId: id('handle_id').notNull(),
  placeId: id('place_id'),
  values: jsonb('values').$type<Record<string, string>>().notNull(),
  step: text('step'),
  near: text('near'),
  locale: text('locale').notNull(),
  updatedAt: time('updated_at').notNull(),
  files: jsonb('files')
    .$type<readonly { source: string; name: string; size?: number }[]>()
    .notNull()
    .default([]),
});

/** An edit or a deletion of a message that has not come yet. */
export const awaited = pgTable(
  'awaited',
  {
    placeId: id('place_id').notNull(),
    ref: text('ref').notNull(),
    version: id('version').notNull(),
    body: text('body'),
    noted: boolean('noted').notNull(),
    deleted: boolean('deleted').notNull(),
    at: time('at').notNull(),
  },
  table => [primaryKey({ columns: [table.placeId, table.ref] })],
);

/** An emoji that somebody put on a message of a place. */
export const reaction = pgTable(
  'reaction',
  {
    placeId: id('place_id').notNull(),
    ref: text('ref').notNull(),
    handleId: id('handle_id').notNull(),
    emoji: text('emoji').notNull(),
    isOn: boolean('is_on').notNull(),
    at: time('at').notNull(),
  },
  table => [primaryKey({ columns: [table.placeId, table.ref, table.emoji, table.handleId] })],
);
