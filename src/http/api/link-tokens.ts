import { z } from 'zod';
import { ApiRefusal, notFound } from './refusal.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { problems, refParams } from './schema.ts';

const bodySchema = z
  .strictObject({
    ticket: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().meta({
      description: 'The number of the ticket that wants proof, as the link to the client area gave it.',
    }),
  })
  .meta({ id: 'LinkTokensInput' });

const viewSchema = z
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

/** One-time links and codes for whoever has just logged in to the provider's own site. */
export const linkTokenRoutes: readonly ApiRoute[] = [
  defineRoute(
    'link-tokens:write',
    {
      method: 'post',
      path: '/api/v1/contacts/{ref}/link-tokens',
      tags: ['Proof'],
      summary: 'Make one-time links and codes with which a contact proves who they are',
      description:
        'Call it for whoever has just logged in, and show them what comes back: once, and never again. A ticket of another account is one that is not there.',
      request: {
        params: refParams,
        body: { required: true, content: { 'application/json': { schema: bodySchema } } },
      },
      responses: {
        201: {
          description: 'One for each platform that the desk is on.',
          content: { 'application/json': { schema: viewSchema } },
        },
        ...problems([404, 429]),
      },
    },
    desk => async c => {
      const made = await desk.makeLinkTokens(c.req.valid('param').ref, {
        ...c.req.valid('json'),
        keyId: c.get('keyId'),
      });
      if (!made.ok && made.why === 'too-many')
        throw new ApiRefusal(429, 'Too many were made lately; try again in a few minutes');
      if (!made.ok) throw notFound();
      return c.json({ expires_at: made.expiresAt.toISOString(), tokens: [...made.tokens] }, 201);
    },
  ),
];
