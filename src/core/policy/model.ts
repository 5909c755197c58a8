import { z } from 'zod';
import type { Terms } from '../sla/index.ts';
import { alertsSchema } from './alerts.ts';
import { calendarsSchema } from './calendars.ts';
import { ladderSections } from './ladder.ts';
import { noticesSchema } from './notices.ts';
import { duration, id, locale, words, zone } from './parts.ts';
import { promisesSchema } from './promises.ts';
import { statusSchema } from './status.ts';

const patterns = (max: number) => z.record(locale, z.string().min(1).max(max));

/** "500KB", "25MB" → bytes (of 1,024). */
const size = z
  .string()
  .regex(/^[1-9]\d{0,3}(KB|MB)$/, 'a size is a number with KB or MB, such as 25MB')
  .transform(text => Number(text.slice(0, -2)) * { KB: 1024, MB: 1024 * 1024 }[text.slice(-2) as 'KB'])
  .refine(bytes => bytes <= 100 * 1024 * 1024, 'at most 100MB: a file is in memory while it is sent on');

const mediaType = z
  .string()
  .regex(/^[a-z]+\/(\*|[a-z0-9][a-z0-9.+-]*)$/, 'a type is written image/png, or image/* for all pictures');

/** What is taken where the policy says nothing: pictures, sound, film, PDF, text and logs, archives, office documents, packet captures. */
const usualTypes = [
  ...['image/*', 'audio/*', 'video/*', 'application/pdf', 'text/plain', 'application/rtf'],
  ...[
    'application/zip',
    'application/gzip',
    'application/x-7z-compressed',
    'application/x-tar',
    'application/vnd.tcpdump.pcap',
  ],
  ...[
    'application/x-cfb',
    'application/vnd.oasis.opendocument.text',
    'application/vnd.oasis.opendocument.spreadsheet',
  ],
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/** "0s" to "60s" → seconds. */
const seconds = z
  .string()
  .regex(/^(?:[1-5]?\d|60)s$/, 'a wait is 0s to 60s')
  .transform(text => Number(text.slice(0, -1)));

const level = z.enum(['unknown', 'linked', 'fresh'], 'a level is unknown, linked or fresh');

/** What an action needs, and what becomes of one that is below it: refused with the way to prove, or done and marked. */
const needs = (of: z.infer<typeof level>, below: 'refuse' | 'unverified') =>
  z
    .strictObject({ level: level.default(of), below: z.enum(['refuse', 'unverified']).default(below) })
    .prefault({});
/** The same where only a refusal makes sense. */
const needsFirmly = (of: z.infer<typeof level>) =>
  z.strictObject({ level: level.default(of), below: z.literal('refuse').default('refuse') }).prefault({});

const area = z
  .string()
  .max(400)
  .regex(
    /^https:\/\/[^\s<>"\\]+$/,
    'an address that begins with https://, with {ticket} where the number belongs',
  );

/** The shape of `desk.yaml`. */
export const policySchema = z.strictObject({
  desk: z.strictObject({ name: z.string().min(1).max(60), language: locale, zone }),
  departments: z
    .array(
      z.strictObject({
        id,
        name: words,
        /** Whose business its tickets are in an account: contacts with this role see them, and updates go where a contact wants them. */
        kind: z.enum(['technical', 'billing', 'abuse']).optional(),
        /** General questions, or changes to servers: what is asked of the asker differs. */
        general: z.literal(true).optional(),
        management: z.literal(true).optional(),
      }),
    )
    .min(1)
    .max(10),
  priorities: z
    .array(z.strictObject({ id, name: words, critical: z.boolean() }))
    .min(1)
    .max(5)
    .refine(list => list.some(one => !one.critical), 'at least one priority must not be critical'),
  /** When people work, by name. */
  calendars: calendarsSchema(zone),
  /** By when customers hear from whom. */
  promises: promisesSchema,
  staff: z.strictObject({
    language: locale,
    /** Channel → role ids whose holders are staff. */
    roles: z.record(z.string(), z.array(z.string().min(1))),
    /** A reply waits so long before it goes, so that it can be taken back; 0 to 60 s. */
    undo: seconds.prefault('3s'),
  }),
  tickets: z.strictObject({ reopen_within: duration }),
  outages: z
    .strictObject({
      /** Seconds in which customers of an outage hear something new of it; staff are reminded then. */
      news_within: duration.prefault('30m'),
    })
    .prefault({}),
  files: z
    .strictObject({
      /** Bytes of one file. */
      max_size: size.prefault('25MB'),
      per_message: z.number().int().min(1).max(50).default(10),
      types: z.array(mediaType).min(1).default(usualTypes),
      link_for: duration.prefault('7d'),
      /** After the ticket was closed. */
      keep_for: duration.prefault('180d'),
    })
    .prefault({}),
  reports: z
    .strictObject({
      /** When Monday's report of the week before is posted to the desk, in minutes of the day; undefined: never. */
      weekly: z
        .string()
        .regex(/^(?:off|(?:[01]\d|2[0-3]):[0-5]\d)$/, 'a time of the day such as "08:00", or off')
        .transform(text =>
          text === 'off' ? undefined : Number(text.slice(0, 2)) * 60 + Number(text.slice(3)),
        )
        .prefault('08:00'),
    })
    .prefault({}),
  /** Whether customers are asked how it went. */
  ratings: z
    .strictObject({
      ask: z.boolean().default(true),
      /** An account that was asked is left alone for so many seconds; undefined: each ticket is asked about. */
      pause: duration.optional(),
    })
    .prefault({}),
  /** What the provider's programs can tell by name, besides the templates that ship. */
  notifications: z
    .strictObject({
      templates: z
        .record(
          z
            .string()
            .regex(
              /^[a-z][a-z0-9-]{0,39}$/,
              'a template is named with 1 to 40 small letters, digits or dashes',
            ),
          z.strictObject({ subject: patterns(200), text: patterns(10_000) }),
        )
        .default({}),
    })
    .prefault({}),
  /** Who may tell that something is broken. */
  alerts: alertsSchema,
  /** Which action needs how much proof of who asks. */
  trust: z
    .strictObject({
      /** Where a customer logs in and gets links and codes. */
      client_area: area.optional(),
      actions: z
        .strictObject({
          'ask-general': needs('unknown', 'unverified'),
          'open-technical': needs('linked', 'unverified'),
          'open-financial': needs('linked', 'unverified'),
          emergency: needs('fresh', 'unverified'),
          'see-account-data': needsFirmly('linked'),
          'change-addresses': needsFirmly('fresh'),
          'server-management': needs('fresh', 'refuse'),
        })
        .prefault({}),
    })
    .prefault({}),
  ...ladderSections,
  /** What everybody may see. */
  notices: noticesSchema,
  status: statusSchema,
  /** The page at /contact: the ways to reach support, with what was promised and what was kept. */
  contact: z.strictObject({ public: z.boolean().default(true) }).prefault({}),
  /** Own words: language → message key → Fluent pattern. */
  texts: z.record(locale, z.record(z.string(), z.string())).default({}),
});

/** A policy as it was read, with files that are still to be read. */
export type WrittenPolicy = z.output<typeof policySchema>;
/** The desk's policy: its departments, priorities, promises, staff and words. Durations are in seconds. */
export type Policy = Omit<WrittenPolicy, 'calendars' | 'promises'> & {
  /** Promises with their calendars. */
  readonly terms: Terms;
};
/** One priority of the policy. */
export type Priority = Policy['priorities'][number];
/** Something that needs a level of trust. */
export type TrustAction = keyof Policy['trust']['actions'];
