import { createRequire } from 'node:module';

/**
 * Drizzle as CommonJS: as ES modules, whose doors lead in circles, loading drizzle-orm 0.45.4 takes Node 24 nine tenths of a second, and as CommonJS
 * one (measured); that was a third of the start.
 */
const require = createRequire(import.meta.url);
const core: typeof import('drizzle-orm') = require('drizzle-orm');
const tables: typeof import('drizzle-orm/pg-core') = require('drizzle-orm/pg-core');
const driver: typeof import('drizzle-orm/postgres-js') = require('drizzle-orm/postgres-js');

export const { and, eq, is, sql } = core;
export const {
  alias,
  bigint,
  boolean,
  customType,
  date,
  getTableConfig,
  integer,
  jsonb,
  PgTable,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} = tables;
export const { drizzle } = driver;
export type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
