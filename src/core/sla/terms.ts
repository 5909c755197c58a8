import { createHash } from 'node:crypto';
import type { Terms } from './model.ts';

const hashes = new WeakMap<Terms, string>();

/** A short name of terms that is the same for the same terms. */
export function hashOf(terms: Terms): string {
  const known = hashes.get(terms);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(canonical(terms)).digest('hex').slice(0, 16);
  hashes.set(terms, hash);
  return hash;
}

/** JSON whose keys are in one order: what the database gives back has another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
