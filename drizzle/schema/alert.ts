import { bigint, boolean, customType, integer, jsonb, pgTable, primaryKey, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** Something that monitoring tells of. */
export const alert = pgTable('alert', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  source: text('source').notNull(),
  fingerprint: text('fingerprint').notNull(),
  state: text('state', { enum: ['firing', 'resolved'] }).notNull(),
  summary: text('summary').notNull(),
  labels: jsonb('labels').notNull(),
  objects: jsonb('objects').notNull(),
  asks: boolean('asks').notNull(),
  noticeId: id('notice_id'),
  beganAt: time('began_at').notNull(),
  endedAt: time('ended_at'),
  times: integer('times').notNull(),
  heardAt: time('heard_at').notNull(),
  toldAt: time('told_at'),
  saidAt: time('said_at'),
  held: boolean('held').notNull().default(false),
});

/** An outage that alerts have drafted. */
export const alertOutage = pgTable('alert_outage', {
  noticeId: id('notice_id').primaryKey(),
  source: text('source').notNull(),
  firingAt: time('firing_at').notNull(),
  lastAt: time('last_at').notNull(),
  calmAt: time('calm_at'),
  nextAt: time('next_at'),
  edition: integer('edition').notNull(),
  shownEdition: integer('shown_edition').notNull(),
  auto: boolean('auto').notNull().default(false),
  truncated: integer('truncated').notNull().default(0),
  endedAt: time('ended_at'),
});

/** Where staff see it. */
export const alertPost = pgTable(
  'alert_post',
  {
    key: text('key').notNull(),
    channel: text('channel').notNull(),
    placeId: id('place_id').notNull(),
    lines: integer('lines').notNull().default(0),
  },
  table => [primaryKey({ columns: [table.key, table.channel] })],
);

/** Planned work of a supplier. */
export const supplierWork = pgTable(
  'supplier_work',
  {
    source: text('source').notNull(),
    uid: text('uid').notNull(),
    sequence: integer('sequence').notNull(),
    state: text('state', {
      enum: ['tentative', 'confirmed', 'in-process', 'completed', 'cancelled'],
    }).notNull(),
    summary: text('summary').notNull(),
    provider: text('provider').notNull(),
    fromAt: time('from_at').notNull(),
    toAt: time('to_at').notNull(),
    noticeId: id('notice_id'),
    edition: integer('edition').notNull().default(0),
    shownEdition: integer('shown_edition').notNull().default(0),
    heardAt: time('heard_at').notNull(),
    stampedAt: time('stamped_at'),
    words: bytea('words'),
    doubted: bytea('doubted'),
    told: boolean('told').notNull().default(false),
  },
  table => [primaryKey({ columns: [table.source, table.uid] })],
);
