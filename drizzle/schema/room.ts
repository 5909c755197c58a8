import { bigint, boolean, customType, jsonb, pgTable, primaryKey, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A place whose messages the desk keeps itself, because no platform does. */
export const room = pgTable('room', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  channel: text('channel').notNull(),
  address: text('address').notNull(),
  secret: bytea('secret'),
  tail: id('tail').notNull().default(0),
  seen: id('seen').notNull().default(0),
  madeAt: time('made_at').notNull(),
  usedAt: time('used_at').notNull(),
  writingAt: time('writing_at'),
});

/** One message in a room. */
export const line = pgTable(
  'line',
  {
    roomId: id('room_id').notNull(),
    ref: id('ref').notNull(),
    seq: id('seq').notNull(),
    ours: boolean('ours').notNull(),
    key: text('key').notNull(),
    body: jsonb('body'),
    at: time('at').notNull(),
  },
  table => [primaryKey({ columns: [table.roomId, table.ref] })],
);
