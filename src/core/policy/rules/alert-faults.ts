import { readAbout } from '../../notice/rules/read-about.ts';
import type { AlertSource } from '../alerts.ts';

/** Where in the policy something is wrong, and what to do. */
type Fault = readonly [path: readonly (string | number)[], why: string];

/** What the sources of alerts contradict: two of one name or with one writer, and what cannot be read as objects. */
export function alertFaults(sources: readonly AlertSource[]): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const writers = new Map<string, string>();
  for (const [index, { name, kind, from, values, publish }] of sources.entries()) {
    if (seen.has(name)) faults.push([['alerts', index, 'name'], `"${name}" is there twice`]);
    seen.add(name);
    if (kind === 'mail' && from.length === 0)
      faults.push([['alerts', index, 'from'], 'say whose mail it is, for example [noc@example.com]']);
    if (kind !== 'mail' && from.length > 0)
      faults.push([['alerts', index, 'from'], 'only a source of the kind mail is known by who writes']);
    if (kind === 'mail' && publish === 'auto')
      faults.push([
        ['alerts', index, 'publish'],
        'planned work is never published without staff: take it out',
      ]);
    for (const writer of from) {
      const other = writers.get(writer);
      if (other !== undefined)
        faults.push([['alerts', index, 'from'], `${writer} is named by "${other}" already`]);
      writers.set(writer, name);
    }
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
