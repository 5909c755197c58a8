import { z } from 'zod';
import { languageSchema, mailSchema, refSchema, roles, zoneSchema } from '../account/index.ts';
import { isBlank } from '../text/index.ts';
import { minutesIn } from './rules/quiet.ts';
import { typesByName } from './rules/types.ts';

const time = z
  .string()
  .regex(/^\d{2}:\d{2}$/)
  .transform((text, ctx) => {
    const minutes = minutesIn(text);
    if (minutes !== undefined) return minutes;
    ctx.addIssue({ code: 'custom', message: 'is no time of the day, such as 22:00' });
    return z.NEVER;
  })
  .meta({ example: '22:00' });

const destination = z.union([
  z.strictObject({ mail: mailSchema }),
  z.strictObject({
    identity: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number)
      .meta({ description: 'A linked chat, by the `identity` that GET gives.', example: '12' }),
  }),
]);

const places = z
  .strictObject({ destinations: z.array(destination).max(10) })
  .nullable()
  .optional()
  .meta({ description: 'First choice first; null goes back to the defaults, absent stays as it is.' });

/** How a contact wants to be told, as it is put. What is absent stays as it is. */
export const preferencesBodySchema = z
  .strictObject({
    language: languageSchema.nullable().optional().meta({ description: 'Null follows the account.' }),
    time_zone: zoneSchema.nullable().optional().meta({ description: 'Null follows the account.' }),
    quiet_hours: z
      .strictObject({ from: time, to: time })
      .refine(({ from, to }) => from !== to, 'from and to are the same')
      .nullable()
      .optional()
      .meta({
        description:
          'On the wall of the contact’s zone; over midnight when `to` is before `from`. Null: none.',
      }),
    calendar_invitations: z.boolean().optional().meta({
      description:
        'Calendars in mails about planned work name a METHOD (PUBLISH, or CANCEL): mail programs offer to take them in, and some do at once. By default they are files.',
    }),
    types: z
      .strictObject({
        invoices: places,
        technical: places,
        abuse: places,
        announcements: places,
        maintenance: places,
        outages: places,
      })
      .optional(),
  })
  .meta({ id: 'PreferencesInput' });

/** How a contact wants to be told, checked. */
export type PreferencesInput = z.output<typeof preferencesBodySchema>;

const text = (max: number, description: string) =>
  z
    .string()
    .max(max)
    .refine(value => !isBlank(value), 'is empty')
    .meta({ description });

const base = {
  key: text(200, 'Unique to this notification; the header Idempotency-Key does the same.').optional(),
  to: z.union([
    z.strictObject({ contact: refSchema }),
    z.strictObject({ account: refSchema, role: z.enum(roles).optional() }),
  ]),
  type: z.enum(Object.keys(typesByName) as [keyof typeof typesByName, ...(keyof typeof typesByName)[]]),
  urgent: z.boolean().default(false).meta({ description: 'It goes in quiet hours too.' }),
  template: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .optional()
    .meta({
      description: 'A template of the desk, said in the contact’s language.',
      example: 'invoice-issued',
    }),
  variables: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/), z.union([z.string().max(1_000), z.number()]))
    .default({})
    .meta({ description: 'Shown literally, whatever is in them.' }),
  subject: text(150, 'One line, in place of a template.').optional(),
  text: text(20_000, 'Plain text, in place of a template.').optional(),
};

/** Something to be told: by a template, or as plain text with a subject. */
export const notificationBodySchema = z
  .strictObject(base)
  .superRefine(({ template, subject, text: words, variables }, ctx) => {
    const plain = subject !== undefined && words !== undefined;
    if (template !== undefined ? subject === undefined && words === undefined : plain) {
      if (template === undefined && Object.keys(variables).length > 0)
        ctx.addIssue({ code: 'custom', path: ['variables'], message: 'are for a template only' });
      return;
    }
    ctx.addIssue({
      code: 'custom',
      path: [template === undefined ? 'template' : 'text'],
      message: 'give either a template, or a subject and a text',
    });
  })
  .meta({ id: 'NotificationInput' });

/** Something to be told, checked. */
export type NotificationInput = z.output<typeof notificationBodySchema>;
