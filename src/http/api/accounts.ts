import { z } from 'zod';
import { type AccountView, accountBodySchema, contactSchema, serviceSchema } from '../../core/index.ts';
import { ApiRefusal, notFound, pointed } from './refusal.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { problems, refParams } from './schema.ts';

const path = '/api/v1/accounts/{ref}';
const tags = ['Accounts'];

const viewSchema = z
  .object({
    ref: z.string(),
    name: z.string(),
    tier: z.string().nullable(),
    language: z.string().nullable(),
    time_zone: z.string().nullable(),
    state: z.enum(['active', 'suspended', 'closed']),
    contacts: z.array(contactSchema),
    services: z.array(serviceSchema),
    updated_at: z.iso.datetime().meta({ description: 'When it, or anything of it, last changed.' }),
  })
  .meta({ id: 'Account' });

const putSchema = z
  .object({
    change: z.enum(['created', 'changed', 'unchanged']).meta({ description: 'What came of it.' }),
    account: viewSchema,
  })
  .meta({ id: 'AccountPut' });

const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

const asJson = (view: AccountView) => ({
  ...view,
  contacts: [...view.contacts],
  services: [...view.services],
  updated_at: view.updated_at.toISOString(),
});

/** Accounts, as the billing system tells of them. */
export const accountRoutes: readonly ApiRoute[] = [
  defineRoute(
    'accounts:write',
    {
      method: 'put',
      path,
      tags,
      summary: 'Create or replace an account with its contacts and services',
      description:
        'All of it or nothing. What is as it was is not touched, so it can be sent again at any time. A list that is absent stays as it is; an empty one takes all of it away. A contact or service of another account is refused (409).',
      request: {
        params: refParams,
        body: { required: true, content: { 'application/json': { schema: accountBodySchema } } },
      },
      responses: {
        200: json('It was there; `change` says whether anything is different now.', putSchema),
        201: json('It was created.', putSchema),
        ...problems([409]),
      },
    },
    desk => async c => {
      const { ref } = c.req.valid('param');
      const [put] = await desk.accounts.put([{ ref, ...c.req.valid('json') }]);
      if (put?.change === 'refused')
        throw new ApiRefusal(409, 'It clashes with another account', pointed(put.clashes));
      const account = await desk.accounts.get(ref);
      if (put === undefined || account === undefined) throw notFound();
      return c.json({ change: put.change, account: asJson(account) }, put.change === 'created' ? 201 : 200);
    },
  ),
  defineRoute(
    'accounts:read',
    {
      method: 'get',
      path,
      tags,
      summary: 'An account with its contacts and services',
      request: { params: refParams },
      responses: { 200: json('The account.', viewSchema), ...problems([404]) },
    },
    desk => async c => {
      const account = await desk.accounts.get(c.req.valid('param').ref);
      if (account === undefined) throw notFound();
      return c.json(asJson(account), 200);
    },
  ),
  defineRoute(
    'accounts:write',
    {
      method: 'delete',
      path,
      tags,
      summary: 'Take an account away',
      description:
        'With its contacts, its services and what was proved of them. Its tickets stay, without an account.',
      request: { params: refParams },
      responses: { 204: { description: 'It is gone.' }, ...problems([404]) },
    },
    desk => async c => {
      if (!(await desk.accounts.remove(c.req.valid('param').ref))) throw notFound();
      return c.body(null, 204);
    },
  ),
];
