import { z } from 'zod';
import { refSchema } from '../../core/index.ts';

/** An error, as all routes give it. */
const problemSchema = z
  .object({
    type: z.string().meta({ example: 'about:blank' }),
    title: z.string(),
    status: z.number().int(),
    errors: z
      .array(
        z.object({
          pointer: z
            .string()
            .meta({ description: 'Where, as a JSON pointer.', example: '#/services/0/networks/1' }),
          detail: z.string().meta({ description: 'What is wrong, and what to do.' }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

const titles = {
  400: 'The body is no JSON.',
  401: 'No key, a wrong one, or one that was revoked.',
  403: 'The key lacks the scope.',
  404: 'There is none with this ref.',
  409: 'It clashes with something that is there; nothing was changed.',
  413: 'The body is too large.',
  415: 'The body is not sent as application/json.',
  429: 'Too many lately; try again in a few minutes.',
  422: 'Something in the request cannot be; nothing was changed. `errors` names each fault.',
} as const;

/** Answers of a route that are problems. */
export function problems(statuses: readonly (keyof typeof titles)[]) {
  return Object.fromEntries(
    statuses.map(status => [
      status,
      { description: titles[status], content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  );
}

/** An answer as JSON. */
export const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

/** The ref in a path. */
export const refParams = z.object({ ref: refSchema });
