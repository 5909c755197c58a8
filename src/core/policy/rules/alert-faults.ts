import { readAbout } from '../../notice/rules/read-about.ts';
import type { AlertSource } from '../alerts.ts';

/** Where in the policy something is wrong, and what to do. */
type Fault = readonly [path: readonly (string | number)[], why: string];

/** What the sources of alerts contradict: two of one name, and what cannot be read as objects. */
export function alertFaults(sources: readonly AlertSource[]): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const [index, { name, values }] of sources.entries()) {
    if (seen.has(name)) faults.push([['alerts', index, 'name'], `"${name}" is there twice`]);
    seen.add(name);
    for (const [value, about] of Object.entries(values)) {
      const read = readAbout(about);
      const where = ['alerts', index, 'values', value];
      if ('line' in read)
        faults.push([
          where,
          `"${read.line}" is not clear; write for example WAW1, WAW1/R12, 203.0.113.0/24 = degraded or #123456`,
        ]);
      else if (read.objects.some(({ type }) => type === 'all'))
        faults.push([where, 'an alert is never about all customers; name what it is about']);
    }
  }
  return faults;
}
