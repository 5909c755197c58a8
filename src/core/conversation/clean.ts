import type { Inbound } from '../channel/index.ts';

/**
 * The same event with every string storable: well-formed UTF-16 and without NUL, which PostgreSQL refuses. Clients can send anything; an
 * event that cannot be stored would be sent again for ever and hold up all that come after it.
 */
export function clean<T extends Inbound>(inbound: T): T {
  return cleaned(inbound) as T;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [cleaned(key), cleaned(one)]));
}
