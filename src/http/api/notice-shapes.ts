import { z } from 'zod';
import { type NoticeView, noticeKinds, noticeMoves, noticeStates } from '../../core/index.ts';

const state = z.enum(noticeStates);
const worded = z.object({ en: z.string().optional(), pl: z.string().optional() });
const object = z.object({
  type: z.string(),
  value: z.string(),
  impact: z.string(),
  windows: z.array(z.number().int()).optional(),
});
const content = z.object({
  title: worded,
  text: worded,
  objects: z.array(object),
  windows: z.array(z.object({ from: z.string(), to: z.string() })),
  reminders: z.array(z.number().int()),
  starts: z.boolean(),
  ends: z.boolean(),
});
const status = {
  id: z.number().int(),
  state,
  revision: z.number().int().meta({ description: 'The newest that was confirmed; 0 before the first.' }),
  edition: z
    .number()
    .int()
    .meta({ description: 'Grows with every change; name it when you change or confirm.' }),
};

/** Where a notice stands. */
export const statusOf = z.object(status).meta({ id: 'NoticeStatus' });
/** What came of a confirmation. */
export const confirmedSchema = z
  .object({ ...status, again: z.boolean().meta({ description: 'It was confirmed before.' }) })
  .meta({ id: 'NoticeConfirmed' });

/** What a confirmation would do. */
export const previewSchema = z
  .object({
    edition: z.number().int(),
    accounts: z.number().int(),
    contacts: z.number().int(),
    without_contact: z.number().int().meta({ description: 'Accounts that have nobody who could be told.' }),
    why: z.array(z.object({ object, services: z.number().int(), accounts: z.number().int() })),
    called_off: z.array(z.string().nullable()).meta({
      description:
        'Of a `resolve`: whose windows, still to come, would not be any more; refs of accounts, null for everybody.',
    }),
    examples: z.array(z.object({ ref: z.string(), name: z.string(), services: z.array(z.string()) })),
    destinations: z.array(
      z.object({ channel: z.string(), contacts: z.number().int(), seconds: z.number().int() }),
    ),
    seconds: z
      .number()
      .int()
      .meta({ description: 'How long all of it takes within the limits of the platforms.' }),
    messages: z
      .array(z.object({ locale: z.string(), subject: z.string(), text: z.string() }))
      .meta({ description: 'As a contact of the first account gets it; `text` is CommonMark.' }),
  })
  .meta({ id: 'NoticePreview' });

const count = z.number().int();

/** A notice with its delivery board. */
export const noticeSchema = z
  .object({
    ...status,
    kind: z.enum(noticeKinds),
    prepared: z
      .object({ move: z.enum(noticeMoves), state, content })
      .nullable()
      .meta({ description: 'What waits to be confirmed.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    revisions: z.array(
      z.object({ revision: count, move: z.enum(noticeMoves), state, content, at: z.iso.datetime() }),
    ),
    board: z.array(
      z.object({
        revision: count,
        stage: z
          .string()
          .meta({ description: 'announce, update, … `reminder:0:60` is an hour before window 0.' }),
        planned: count,
        held: count.meta({ description: 'For quiet hours.' }),
        sending: count,
        sent: count,
        failed: count,
        unknown: count.meta({ description: 'It may have arrived.' }),
        superseded: count.meta({ description: 'Something newer, or a cancel, came before it was sent.' }),
      }),
    ),
    not_reached: z
      .array(
        z.object({
          revision: count,
          stage: z.string(),
          account: z.object({ ref: z.string(), name: z.string() }),
          contact: z.object({ ref: z.string(), name: z.string() }).nullable(),
          why: z.enum(['nobody', 'nowhere', 'all-failed', 'unknown']),
          tried: z.array(
            z.object({
              channel: z.string(),
              name: z.string(),
              state: z.string(),
              why: z.string().nullable(),
            }),
          ),
        }),
      )
      .meta({ description: 'Of the newest revision, with what was tried.' }),
  })
  .meta({ id: 'Notice' });

/** Several notices. */
export const noticesSchema = z
  .object({
    notices: z.array(
      z.object({ ...status, kind: z.enum(noticeKinds), title: worded, updated_at: z.iso.datetime() }),
    ),
  })
  .meta({ id: 'Notices' });

/** A notice as the API shows it. */
export function noticeAsJson({
  createdAt,
  updatedAt,
  notReached,
  revisions,
  ...rest
}: NoticeView): z.output<typeof noticeSchema> {
  return noticeSchema.parse({
    ...rest,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    revisions: revisions.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })),
    not_reached: notReached,
  });
}
