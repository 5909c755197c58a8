import { bigint, customType, pgTable, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A one-time link that signs a contact in to their own page, or a token that was taken for one. */
export const signIn = pgTable('sign_in', {
  id: id('id').primaryKey().generatedAlwaysAsIdentity(),
  sha256: bytea('sha256').notNull(),
  how: text('how', { enum: ['chat', 'mail', 'client-area'] }).notNull(),
  contactId: id('contact_id').notNull(),
  browser: bytea('browser'),
  address: text('address'),
  madeAt: time('made_at').notNull(),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** Who is signed in, in which browser. */
export const session = pgTable('session', {
  id: id('id').primaryKey().generatedAlwaysAsIdentity(),
  sha256: bytea('sha256').notNull(),
  contactId: id('contact_id').notNull(),
  how: text('how', { enum: ['chat', 'mail', 'client-area'] }).notNull(),
  provedAt: time('proved_at'),
  address: text('address'),
  agent: text('agent').notNull(),
  madeAt: time('made_at').notNull(),
  seenAt: time('seen_at').notNull(),
  expiresAt: time('expires_at').notNull(),
});
