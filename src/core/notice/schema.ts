import { z } from 'zod';
import { isBlank, oneLine } from '../text/index.ts';
import { impacts, noticeKinds, noticeStates, objectTypes } from './model.ts';
import { OBJECT } from './rules/object.ts';

/** Longest title and text, in UTF-16 units: with what stands around it, it fits into one message everywhere. */
export const TITLE = 120;
/** Longest text of one language. */
export const TEXT = 1_000;
/** Objects and windows of one notice. */
const MOST = { objects: 100, windows: 20, reminders: 5 } as const;
/** A week, a day and an hour before, in minutes. */
export const REMINDERS: readonly number[] = [10_080, 1_440, 60];

const worded = (max: number, description: string, flat = false) => {
  const one = z
    .string()
    .max(max)
    .transform(text => (isBlank(text) ? undefined : flat ? oneLine(text, max) : text.trim()))
    .optional();
  return z.strictObject({ en: one, pl: one }).meta({ description });
};

const title = worded(
  TITLE,
  'One line of plain text; where one language is missing, the other is used.',
  true,
);
const text = worded(TEXT, 'Plain text, shown literally.');
const time = z.iso
  .datetime({ offset: true })
  .transform(value => new Date(value).toISOString())
  .meta({ example: '2026-12-06T02:00:00+01:00' });
const windows = z
  .array(z.strictObject({ from: time, to: time }))
  .max(MOST.windows)
  .meta({ description: 'When; of a change the day from which it holds, of an outage none.' });
const objects = z
  .array(
    z.strictObject({
      type: z.enum(objectTypes),
      value: z.string().max(OBJECT).default('').meta({ example: 'WAW1' }),
      impact: z.enum(impacts).default('outage'),
      windows: z.array(z.number().int().min(0)).min(1).max(MOST.windows).optional().meta({
        description: 'The windows, from 0, in which it is worked on. Absent: all of them.',
      }),
    }),
  )
  .max(MOST.objects)
  .meta({
    description:
      'By what customers are found; `rack` is WAW1/R12, or R12 in all locations; `product` is the kind of a service. An `account` (its ref) with `windows` of its own is told of these alone, and nobody else is.',
  });
const reminders = z
  .array(z.number().int().min(5).max(43_200))
  .max(MOST.reminders)
  .meta({ description: 'Minutes before each window. Without it: a week, a day and an hour.' });
const state = z.enum(noticeStates).meta({
  description:
    'Where it leads to: `planned` for a date that is not final, `identified`, `watching` and so on.',
});

const content = {
  title,
  text,
  objects,
  windows: windows.default([]),
  reminders: reminders.default([...REMINDERS]),
  starts: z
    .boolean()
    .default(false)
    .meta({ description: 'It starts by itself, and those concerned are told.' }),
  ends: z.boolean().default(false).meta({ description: 'It ends by itself, and those concerned are told.' }),
  state: state.optional(),
};

/** A notice as it is drafted. */
export const noticeBodySchema = z
  .strictObject({ key: z.string().min(1).max(200).optional(), kind: z.enum(noticeKinds), ...content })
  .meta({ id: 'NoticeInput' });

/** A notice as it is drafted, checked. */
export type NoticeInput = z.output<typeof noticeBodySchema>;

/** What is to be different next time; what is absent stays. `edition`: the one that was seen. */
export const noticeChangeSchema = z
  .strictObject({
    edition: z
      .number()
      .int()
      .min(1)
      .meta({ description: 'The edition that was seen: another one is refused (409).' }),
    title: title.optional(),
    text: text.optional(),
    objects: objects.optional(),
    windows: windows.optional(),
    reminders: reminders.optional(),
    starts: z.boolean().optional(),
    ends: z.boolean().optional(),
    state: state.optional(),
  })
  .meta({ id: 'NoticeChange' });

/** What is to be different, checked. */
export type NoticeChange = z.output<typeof noticeChangeSchema>;
