import { z } from 'zod';

const department = z.string().min(1).max(20);

/** Where mail to the desk goes, and how much of it. */
export const mailSchema = z
  .strictObject({
    /** Of mail that names none; the first one when absent. */
    department: department.optional(),
    /** Mail address → department. */
    addresses: z
      .record(
        z.string().regex(/^[^\s@]{1,64}@[^\s@]{1,189}$/, 'an address such as billing@example.com'),
        department,
      )
      .transform(all =>
        Object.fromEntries(Object.entries(all).map(([key, value]) => [key.toLowerCase(), value])),
      )
      .default({}),
    /** Department → words: a subject with one of them is for it. Nothing is guessed without. */
    guess: z.record(department, z.array(z.string().min(2).max(40).toLowerCase()).min(1)).default({}),
    /** In an hour: tickets that one sender opens by mail, and as many mails into one ticket; and tickets of all senders together for whom no mail server vouches. */
    most: z
      .strictObject({
        sender: z.number().int().min(1).max(10_000).default(20),
        unverified: z.number().int().min(1).max(1_000_000).default(300),
      })
      .prefault({}),
  })
  .prefault({});

interface Written {
  readonly departments: readonly { readonly id: string }[];
  readonly mail: z.output<typeof mailSchema>;
}

/** Departments that the desk has not. */
export function mailFaults({ departments, mail }: Written): [(string | number)[], string][] {
  const has = (id: string): boolean => departments.some(one => one.id === id);
  const fault = (path: string[], id: string): [string[], string][] =>
    has(id) ? [] : [[['mail', ...path], `there is no department "${id}"`]];
  return [
    ...(mail.department === undefined ? [] : fault(['department'], mail.department)),
    ...Object.entries(mail.addresses).flatMap(([address, id]) => fault(['addresses', address], id)),
    ...Object.keys(mail.guess).flatMap(id => fault(['guess', id], id)),
  ];
}
