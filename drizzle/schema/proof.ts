import { bigint, customType, pgTable, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A one-time proof that a handle is a contact. */
export const proof = pgTable('proof', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  sha256: bytea('sha256').notNull(),
  how: text('how', { enum: ['client-area', 'mail'] }).notNull(),
  contactId: id('contact_id').notNull(),
  channel: text('channel').notNull(),
  handleId: id('handle_id'),
  ticketId: id('ticket_id'),
  madeAt: time('made_at').notNull(),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** One fact about identities, never changed. */
export const identityEvent = pgTable('identity_event', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  type: text('type').notNull(),
  handleId: id('handle_id'),
  contactId: id('contact_id'),
  ticketId: id('ticket_id'),
  proofId: id('proof_id'),
  byHandleId: id('by_handle_id'),
  byKeyId: id('by_key_id'),
  code: text('code'),
  at: time('at').notNull(),
});
