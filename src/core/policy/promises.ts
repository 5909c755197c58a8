import { z } from 'zod';
import { type CalendarRule, type PromiseRule, promiseTargets, type Terms, ways } from '../sla/index.ts';

/** The calendar that every policy has: 24/7. */
export const ALWAYS = 'always';

const within = z
  .string()
  .regex(/^[1-9]\d{0,4}[smhd]$/, 'a promise is a time above 0 with s, m, h or d, such as 10m')
  .transform(text => Number(text.slice(0, -1)) * { s: 1, m: 60, h: 3600, d: 86_400 }[text.at(-1) as 's']);

const SHARE = 'shares are percents from 1 to 99, such as [50, 75]';
const shares = z
  .array(z.number(SHARE).int(SHARE).min(1, SHARE).max(99, SHARE), SHARE)
  .max(5, 'five shares at most')
  .refine(
    list => list.every((one, index) => index === 0 || one > (list[index - 1] ?? 0)),
    'shares go upwards, such as [50, 75]',
  );

const rule = z
  .strictObject({
    department: z.string().optional(),
    priority: z.string().optional(),
    way: z.enum(ways, `a way is ${ways.join(', ')}`).optional(),
    tier: z.string().min(1).optional(),
    within,
    latest: within.optional(),
    calendar: z.string().optional(),
    at_risk: shares.optional(),
  })
  .refine(one => one.latest === undefined || one.latest > one.within, {
    path: ['latest'],
    error: 'must be later than `within`',
  });

const rules = z.array(rule).default([]);

/** What a policy promises that says nothing of it. */
const usual = {
  acknowledgement: [{ within: '2m' }],
  'first-reply': [{ within: '10m' }],
  answer: [{ within: '10m' }],
};

/** What the policy promises, for each target the rules in their order. */
export const promisesSchema = z
  .strictObject({
    at_risk: shares.default([75]),
    paused_while_waiting: z
      .array(z.enum(promiseTargets, `a promise is one of ${promiseTargets.join(', ')}`))
      .default(['next-reply', 'update', 'resolution']),
    acknowledgement: rules,
    'first-reply': rules,
    'next-reply': rules,
    update: rules,
    answer: rules,
    resolution: rules,
  })
  .prefault(usual);

/** What is wrong with promises, by where it stands. */
export type PromiseFault = readonly [path: (string | number)[], why: string];

interface Known {
  readonly departments: readonly { readonly id: string }[];
  readonly priorities: readonly { readonly id: string }[];
  readonly calendars: Readonly<Record<string, unknown>>;
  readonly promises: z.output<typeof promisesSchema>;
}

/** Names that nothing has, rules that never count, and people who would be told nothing. */
export function promiseFaults({ departments, priorities, calendars, promises }: Known): PromiseFault[] {
  const faults: PromiseFault[] = [];
  const names = {
    department: departments.map(one => one.id),
    priority: priorities.map(one => one.id),
    calendar: [ALWAYS, ...Object.keys(calendars)],
  };
  for (const target of promiseTargets)
    promises[target].forEach((one, index) => {
      const path = ['promises', target, index];
      for (const key of ['department', 'priority', 'calendar'] as const) {
        const name = one[key];
        if (name !== undefined && !names[key].includes(name))
          faults.push([[...path, key], `there is no ${key} "${name}"; there is ${names[key].join(', ')}`]);
      }
      const hidden = promises[target].slice(0, index).some(earlier => fitsAllOf(earlier, one));
      if (hidden) faults.push([path, 'never counts: one above it fits everything that this one fits']);
    });
  for (const target of ['first-reply', 'answer'] as const)
    if (!promises[target].some(one => fitsAllOf(one, { within: 1 })))
      faults.push([
        ['promises', target],
        'needs one without conditions, as its last: everybody is told by when',
      ]);
  return faults;
}

/** Whether the first one counts wherever the second would. */
function fitsAllOf(first: PromiseRule, second: PromiseRule): boolean {
  return (['department', 'priority', 'way', 'tier'] as const).every(
    key => first[key] === undefined || first[key] === second[key],
  );
}

/** The part of a policy that decides when something is due, as it is kept with what was promised. */
export function termsIn(
  promises: Known['promises'],
  calendars: Readonly<Record<string, CalendarRule>>,
): Terms {
  const { at_risk: atRisk, paused_while_waiting: paused, ...targets } = promises;
  return { calendars: { ...calendars, [ALWAYS]: { always: true } }, promises: targets, atRisk, paused };
}
