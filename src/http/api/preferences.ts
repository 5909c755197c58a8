import { z } from 'zod';
import {
  clockOf,
  type Destination,
  MAIL,
  type Preferences,
  preferencesBodySchema,
} from '../../core/index.ts';
import { ApiRefusal, notFound, pointed } from './refusal.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { json, problems, refParams } from './schema.ts';

const path = '/api/v1/contacts/{ref}/preferences';
const tags = ['Preferences'];

const destinationSchema = z
  .object({
    channel: z.string().meta({ example: 'email' }),
    mail: z.string().optional(),
    identity: z
      .string()
      .optional()
      .meta({ description: 'Of a linked chat; `name` is how it calls itself there.' }),
    name: z.string().optional(),
    state: z.enum(['ready', 'unconfirmed', 'unlinked', 'gone', 'off']).meta({
      description:
        'Whether something can go there now. unconfirmed: its code was not entered yet; gone: it refuses for good; off: the desk runs without the channel.',
    }),
  })
  .meta({ id: 'Destination' });

const routeSchema = z
  .object({
    chosen: z.boolean().meta({ description: 'False while it is the default.' }),
    destinations: z.array(destinationSchema),
  })
  .meta({ id: 'Route' });

const viewSchema = z
  .object({
    contact: z.string(),
    language: z.string().meta({ description: 'The one that is used.' }),
    time_zone: z.string(),
    quiet_hours: z.object({ from: z.string(), to: z.string() }).nullable(),
    calendar_invitations: z.boolean(),
    types: z.object({
      invoices: routeSchema,
      technical: routeSchema,
      abuse: routeSchema,
      announcements: routeSchema,
      maintenance: routeSchema,
      outages: routeSchema,
    }),
  })
  .meta({ id: 'Preferences' });

/** Preferences of contacts: where and when they are told of what. */
export const preferenceRoutes: readonly ApiRoute[] = [
  defineRoute(
    'preferences:read',
    {
      method: 'get',
      path,
      tags,
      summary: 'How a contact wants to be told',
      request: { params: refParams },
      responses: { 200: json('As it is used now, with the defaults.', viewSchema), ...problems([404]) },
    },
    desk => async c => {
      const preferences = await desk.preferences.get(c.req.valid('param').ref);
      if (preferences === undefined) throw notFound();
      return c.json(asJson(preferences), 200);
    },
  ),
  defineRoute(
    'preferences:write',
    {
      method: 'put',
      path,
      tags,
      summary: 'Change how a contact wants to be told',
      description:
        'What is absent stays as it is. An address that is not on file gets a mail with a code, and nothing else until the code was entered.',
      request: {
        params: refParams,
        body: { required: true, content: { 'application/json': { schema: preferencesBodySchema } } },
      },
      responses: { 200: json('As it is used now.', viewSchema), ...problems([404]) },
    },
    desk => async c => {
      const put = await desk.preferences.put(c.req.valid('param').ref, c.req.valid('json'));
      if (put === undefined) throw notFound();
      if (!put.ok) throw new ApiRefusal(422, 'Something in the request cannot be', pointed(put.faults));
      return c.json(asJson(put.preferences), 200);
    },
  ),
];

function asJson({ ref, locale, zone, quiet, invites, routes }: Preferences): z.input<typeof viewSchema> {
  const route = ({ chosen, destinations }: Preferences['routes']['abuse']) => ({
    chosen,
    destinations: destinations.map(placeOf),
  });
  return {
    contact: ref,
    language: locale,
    time_zone: zone,
    quiet_hours: quiet === undefined ? null : { from: clockOf(quiet.from), to: clockOf(quiet.to) },
    calendar_invitations: invites,
    types: {
      invoices: route(routes.invoices),
      technical: route(routes.technical),
      abuse: route(routes.abuse),
      announcements: route(routes.announcements),
      maintenance: route(routes.maintenance),
      outages: route(routes.outages),
    },
  };
}

function placeOf({ channel, externalId, handleId, name, state }: Destination) {
  return channel === MAIL
    ? { channel, mail: externalId, state }
    : { channel, identity: String(handleId), name, state };
}
