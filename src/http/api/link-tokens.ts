import { z } from 'zod';
import type { LinkTokens } from '../../core/index.ts';

/** `POST /api/v1/contacts/{ref}/link-tokens`, for a key with the scope `link-tokens:write`. */
export const linkTokensPath = '/api/v1/contacts/{ref}/link-tokens';

/** What is sent: the ticket that wants proof, where the link to the client area named one. */
export const linkTokensBodySchema = z.strictObject({
  ticket: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().meta({
    description: 'The number of the ticket that wants proof, as the link to the client area gave it.',
  }),
});

/** What comes back: once, and never again. */
export const linkTokensViewSchema = z
  .object({
    expires_at: z.iso.datetime().meta({ description: 'From then on none of them works: in 10 minutes.' }),
    tokens: z.array(
      z.union([
        z.object({
          channel: z.string().meta({ example: 'telegram' }),
          url: z.url().meta({ description: 'Opens the chat and proves who it is.' }),
        }),
        z.object({
          channel: z.string().meta({ example: 'slack' }),
          code: z.string().meta({ example: '7K3M-9QXT-2B4D-H6RW' }),
          command: z.string().meta({ description: 'What the customer types there.' }),
        }),
      ]),
    ),
  })
  .meta({ id: 'LinkTokens' });

/** The answer as HTTP has it. A ticket of another account is one that is not there, as an unknown contact is. */
export function linkTokensAnswer(
  made: LinkTokens,
):
  | { readonly status: 201; readonly body: z.output<typeof linkTokensViewSchema> }
  | { readonly status: 404 | 429 } {
  if (!made.ok) return { status: made.why === 'too-many' ? 429 : 404 };
  return { status: 201, body: { expires_at: made.expiresAt.toISOString(), tokens: [...made.tokens] } };
}
