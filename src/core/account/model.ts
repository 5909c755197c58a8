import { z } from 'zod';
import { type Reading, readNetwork } from './rules/network.ts';
import { readLanguage, readLine, readMail, readOrder, readRack, readRef, readZone } from './rules/words.ts';

/** What a contact may be to an account, in the order in which it is kept. */
export const roles = ['owner', 'technical', 'billing', 'abuse'] as const;

/** Most of each that one account may have: what one request, and one row of an import, can bring. */
const MOST = { contacts: 200, addresses: 20, services: 5_000, networks: 256 } as const;

/** A string that is read into the form in which it is kept, or refused with what to do. */
function word(read: (text: string) => Reading, max: number, description: string, example: string) {
  return z
    .string()
    .max(max)
    .meta({ description, example })
    .transform((text, ctx) => {
      const reading = read(text);
      if ('value' in reading) return reading.value;
      ctx.addIssue({ code: 'custom', message: reading.fault });
      return z.NEVER;
    });
}

const line = (max: number, description: string, example: string) =>
  word(text => readLine(text, max), max * 2, description, example);
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform(value => value ?? null);
const set = <T extends string>(values: readonly T[]): T[] => [...new Set(values)].sort();

/** The provider's own key. */
export const refSchema = word(readRef, 100, "The provider's own key, unique over all of its kind.", 'A-1001');

/** A language, by BCP 47. */
export const languageSchema = word(readLanguage, 40, 'BCP 47.', 'pl');
/** A time zone, by its name. */
export const zoneSchema = word(readZone, 60, 'A name of the IANA time zone database.', 'Europe/Warsaw');
/** One mail address, in small letters. */
export const mailSchema = word(
  readMail,
  320,
  'A mail address on file; kept in small letters.',
  'jan@example.com',
);
const language = maybe(languageSchema);
const timeZone = maybe(zoneSchema);

/** A person of an account. */
export const contactSchema = z
  .strictObject({
    ref: refSchema,
    name: line(120, 'As people call this person; one line.', 'Jan Kowalski'),
    roles: z
      .array(z.enum(roles))
      .max(20)
      .meta({ description: 'owner sees all of the account; the others what is of their kind.' })
      .transform(given => roles.filter(role => given.includes(role))),
    addresses: z.array(mailSchema).max(MOST.addresses).transform(set),
    language,
    time_zone: timeZone,
  })
  .meta({ id: 'Contact' });

/** What an account rents. */
export const serviceSchema = z
  .strictObject({
    ref: refSchema,
    name: line(120, 'As the customer knows it; one line.', 'Shop'),
    kind: line(60, "The provider's word for it.", 'dedicated server'),
    order_number: maybe(word(readOrder, 40, '4 to 12 digits, with or without #.', '123456')),
    networks: z
      .array(word(readNetwork, 60, 'An IP address or a range.', '203.0.113.0/29'))
      .max(MOST.networks)
      .transform(set),
    location: maybe(line(120, 'The data centre, as staff call it.', 'WAW1')),
    rack: maybe(word(text => readRack(text, 120), 240, 'The rack in it, as staff call it.', 'R12')),
    state: z.enum(['active', 'suspended', 'ended']).default('active'),
  })
  .meta({ id: 'Service' });

const body = {
  name: line(160, 'One line.', 'Acme sp. z o.o.'),
  tier: maybe(line(60, 'How the provider serves this account; shown to staff.', 'business')),
  language,
  time_zone: timeZone,
  state: z.enum(['active', 'suspended', 'closed']).default('active'),
  contacts: z
    .array(contactSchema)
    .max(MOST.contacts)
    .optional()
    .meta({ description: 'All contacts of the account. Absent: they stay as they are.' }),
  services: z
    .array(serviceSchema)
    .max(MOST.services)
    .optional()
    .meta({ description: 'All services of the account. Absent: they stay as they are.' }),
};

interface Lists {
  readonly contacts?: readonly { readonly ref: string }[] | undefined;
  readonly services?: readonly { readonly ref: string }[] | undefined;
}

/** A ref that stands twice in one account is a mistake, and which of the two is meant nobody knows. */
function noTwins(account: Lists, ctx: z.RefinementCtx): void {
  for (const list of ['contacts', 'services'] as const) {
    const seen = new Map<string, number>();
    for (const [index, { ref }] of (account[list] ?? []).entries()) {
      const before = seen.get(ref);
      if (before === undefined) seen.set(ref, index);
      else
        ctx.addIssue({
          code: 'custom',
          path: [list, index, 'ref'],
          message: `"${ref}" is there twice (first at ${list}[${before}])`,
        });
    }
  }
}

/** An account as it is put under its ref. */
export const accountBodySchema = z.strictObject(body).superRefine(noTwins).meta({ id: 'AccountInput' });
/** An account with its ref, as a file brings it. */
export const accountSchema = z.strictObject({ ref: refSchema, ...body }).superRefine(noTwins);

/** A person of an account, checked. */
export type Contact = z.output<typeof contactSchema>;
/** What an account rents, checked. */
export type Service = z.output<typeof serviceSchema>;
/** An account to be put, checked. A list that is absent stays as it is. */
export type AccountInput = z.output<typeof accountSchema>;
/** An account as it is kept. */
export type Account = Omit<AccountInput, 'contacts' | 'services'> & {
  readonly contacts: readonly Contact[];
  readonly services: readonly Service[];
};
/** An account with when it, or anything of it, last changed. */
export type AccountView = Account & { readonly updated_at: Date };

/** One thing that is wrong, and where. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What came of putting an account. `clashes`: nothing of it was changed. */
export type Put =
  | { readonly change: 'created' | 'changed' | 'unchanged' }
  | { readonly change: 'refused'; readonly clashes: readonly Fault[] };
