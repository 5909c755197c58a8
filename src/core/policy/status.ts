import { z } from 'zod';
import type { Fault } from './ladder-faults.ts';
import { words } from './parts.ts';
import { readCovered } from './rules/covered.ts';

/** Most parts that a page shows, and most that each covers. */
const MOST = { components: 60, covered: 100 } as const;

const names = z.array(z.string().trim().min(1).max(120)).max(MOST.covered).default([]);

const network = z.string().transform((text, issues) => {
  const reading = readCovered(text);
  if ('value' in reading) return reading.value;
  issues.addIssue(reading.fault);
  return z.NEVER;
});

const component = z
  .strictObject({
    name: words,
    locations: names,
    /** Kinds of services. */
    products: names,
    networks: z.array(network).max(MOST.covered).default([]),
  })
  .refine(
    one => one.locations.length + one.products.length + one.networks.length > 0,
    'say what it covers: locations, products or networks',
  );

/** The public status page. */
export const statusSchema = z
  .strictObject({
    /** Whether there is one. */
    public: z.boolean().default(true),
    title: words.optional(),
    /** Undefined: the locations where services are. */
    components: z.array(component).min(1).max(MOST.components).optional(),
  })
  .prefault({});

/** Names that the desk's own language lacks. */
export function statusFaults({
  desk: { language },
  status: { title, components = [] },
}: {
  readonly desk: { readonly language: string };
  readonly status: z.output<typeof statusSchema>;
}): Fault[] {
  const lacks = (name: Readonly<Record<string, string>> | undefined, path: Fault[0]): Fault[] =>
    name === undefined || name[language] !== undefined
      ? []
      : [[path, `has no name in the desk's language (${language})`]];
  return [
    ...lacks(title, ['status', 'title']),
    ...components.flatMap(({ name }, at) => lacks(name, ['status', 'components', at, 'name'])),
  ];
}
