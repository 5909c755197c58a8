import { z } from 'zod';
import type { Fault } from './ladder-faults.ts';
import { id } from './parts.ts';

/** Lengths of a notice's own title and text, and of the list of what it is about (`core/notice/schema.ts`, `form.ts`), in UTF-16 units. */
const MOST = { title: 120, text: 1_000, about: 1_000, templates: 50 } as const;

const worded = (max: number) =>
  z
    .strictObject({
      en: z.string().trim().min(1).max(max).optional(),
      pl: z.string().trim().min(1).max(max).optional(),
    })
    .refine(({ en, pl }) => en !== undefined || pl !== undefined, 'write it in en, in pl, or in both');

/** The section `notices` of the policy: what a new notice begins with. */
export const noticesSchema = z
  .strictObject({
    templates: z
      .array(
        z.strictObject({
          /** As staff name it behind `/notice maintenance`. */
          name: id,
          kind: z.enum(['maintenance', 'change', 'outage']),
          title: worded(MOST.title),
          text: worded(MOST.text),
          /** What it is about, as the form has it: a line each. */
          about: z.string().trim().max(MOST.about).optional(),
        }),
      )
      .max(MOST.templates)
      .default([]),
  })
  .prefault({});

/** Templates of one kind that have the same name. */
export function noticesFaults({
  notices: { templates },
}: {
  readonly notices: z.output<typeof noticesSchema>;
}): Fault[] {
  return templates.flatMap(({ kind, name }, at) =>
    templates.slice(0, at).some(one => one.kind === kind && one.name === name)
      ? [
          [
            ['notices', 'templates', at, 'name'],
            `there is a template ${name} for ${kind} already`,
          ] satisfies Fault,
        ]
      : [],
  );
}
