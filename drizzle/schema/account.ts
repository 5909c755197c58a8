import { bigint, customType, pgTable, primaryKey, text, timestamp } from '../orm.ts';

const id = (name: string) => bigint(name, { mode: 'number' });
const time = (name: string) => timestamp(name, { withTimezone: true });
const cidr = customType<{ data: string }>({ dataType: () => 'cidr' });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A customer of the provider. */
export const account = pgTable('account', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ref: text('ref').notNull(),
  name: text('name').notNull(),
  tier: text('tier'),
  locale: text('locale'),
  zone: text('zone'),
  state: text('state', { enum: ['active', 'suspended', 'closed'] }).notNull(),
  updatedAt: time('updated_at').notNull(),
});

/** A person of an account. */
export const contact = pgTable('contact', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ref: text('ref').notNull(),
  accountId: id('account_id').notNull(),
  name: text('name').notNull(),
  roles: text('roles').array().notNull(),
  locale: text('locale'),
  zone: text('zone'),
  updatedAt: time('updated_at').notNull(),
  feedSha256: bytea('feed_sha256'),
});

/** A mail address of a contact that the provider has on file. */
export const contactAddress = pgTable(
  'contact_address',
  { contactId: id('contact_id').notNull(), address: text('address').notNull() },
  table => [primaryKey({ columns: [table.contactId, table.address] })],
);

/** What an account rents. */
export const service = pgTable('service', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  ref: text('ref').notNull(),
  accountId: id('account_id').notNull(),
  name: text('name').notNull(),
  kind: text('kind').notNull(),
  orderNumber: text('order_number'),
  location: text('location'),
  rack: text('rack'),
  state: text('state', { enum: ['active', 'suspended', 'ended'] }).notNull(),
  updatedAt: time('updated_at').notNull(),
});

/** An address or a range of a service. */
export const serviceNetwork = pgTable(
  'service_network',
  { serviceId: id('service_id').notNull(), network: cidr('network').notNull() },
  table => [primaryKey({ columns: [table.serviceId, table.network] })],
);

/** A key of one of the provider's own programs. */
export const apiKey = pgTable('api_key', {
  id: id('id').primaryKey().generatedByDefaultAsIdentity(),
  name: text('name').notNull(),
  hint: text('hint').notNull(),
  sha256: bytea('sha256').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: time('created_at').notNull(),
  revokedAt: time('revoked_at'),
});
