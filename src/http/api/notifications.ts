import { z } from 'zod';
import { type NotificationView, notificationBodySchema } from '../../core/index.ts';
import { ApiRefusal, notFound, pointed } from './refusal.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { json, problems } from './schema.ts';

const tags = ['Notifications'];

const postedSchema = z
  .object({ id: z.number().int(), again: z.boolean().meta({ description: 'It was posted before.' }) })
  .meta({ id: 'NotificationPosted' });

const viewSchema = z
  .object({
    id: z.number().int(),
    key: z.string(),
    type: z.string(),
    urgent: z.boolean(),
    created_at: z.iso.datetime(),
    recipients: z.array(
      z.object({
        contact: z.string(),
        state: z.enum(['planned', 'held', 'trying', 'sent', 'failed', 'unknown', 'skipped']).meta({
          description:
            'held: for quiet hours, until `due_at`; unknown: it may have arrived; skipped: not wanted, `why` says more.',
        }),
        why: z
          .string()
          .nullable()
          .meta({ description: 'refused, nowhere (no place can be used), all-failed.' }),
        due_at: z.iso.datetime().nullable(),
        deliveries: z.array(
          z.object({
            channel: z.string(),
            to: z.string(),
            state: z.enum(['sending', 'sent', 'failed', 'unknown']),
            why: z.string().nullable(),
            at: z.iso.datetime(),
            settled_at: z.iso.datetime().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Notification' });

/** Notifications that the provider's programs send through the desk. */
export const notificationRoutes: readonly ApiRoute[] = [
  defineRoute(
    'notifications:write',
    {
      method: 'post',
      path: '/api/v1/notifications',
      tags,
      summary: 'Tell contacts something where they want it',
      description:
        'To one contact, or to those of an account whom it is for. Sent again under the same key it is done once; another body under the same key is refused (409).',
      request: {
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: { required: true, content: { 'application/json': { schema: notificationBodySchema } } },
      },
      responses: {
        201: json('It is on its way.', postedSchema),
        200: json('It was on its way already.', postedSchema),
        ...problems([409]),
      },
    },
    desk => async c => {
      const input = c.req.valid('json');
      const header = c.req.valid('header')['idempotency-key'];
      const key = header ?? input.key;
      if (key === undefined)
        throw unfit(
          'key',
          'give a key, here or as the header Idempotency-Key: with it a second try does nothing twice',
        );
      if (input.key !== undefined && input.key !== key)
        throw unfit('key', 'differs from the header Idempotency-Key');
      const posted = await desk.notifications.post(key, input);
      if (posted.outcome === 'other-body') throw new ApiRefusal(409, 'This key was used for something else');
      if (posted.outcome === 'refused')
        throw new ApiRefusal(422, 'Something in the request cannot be', pointed(posted.faults));
      const again = posted.outcome === 'again';
      return c.json({ id: posted.id, again }, again ? 200 : 201);
    },
  ),
  defineRoute(
    'notifications:read',
    {
      method: 'get',
      path: '/api/v1/notifications/{id}',
      tags,
      summary: 'What became of a notification, place by place',
      request: {
        params: z.object({
          id: z
            .string()
            .regex(/^[1-9]\d{0,14}$/)
            .meta({ example: '7' }),
        }),
      },
      responses: { 200: json('As it stands now.', viewSchema), ...problems([404]) },
    },
    desk => async c => {
      const found = await desk.notifications.get(Number(c.req.valid('param').id));
      if (found === undefined) throw notFound();
      return c.json(asJson(found), 200);
    },
  ),
];

function unfit(field: string, message: string): ApiRefusal {
  return new ApiRefusal(422, 'Something in the request cannot be', pointed([{ path: [field], message }]));
}

function asJson({ createdAt, recipients, ...view }: NotificationView): z.input<typeof viewSchema> {
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    ...view,
    created_at: createdAt.toISOString(),
    recipients: recipients.map(({ dueAt, deliveries, ...told }) => ({
      ...told,
      due_at: time(dueAt),
      deliveries: deliveries.map(({ channel, name, state, why, at, settledAt }) => ({
        channel,
        to: name,
        state,
        why,
        at: at.toISOString(),
        settled_at: time(settledAt),
      })),
    })),
  };
}
