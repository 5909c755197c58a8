import { z } from 'zod';
import {
  type DeskApi,
  type NoticeFault,
  type NoticeMove,
  type NoticePrepared,
  noticeBodySchema,
  noticeChangeSchema,
} from '../../core/index.ts';
import {
  confirmedSchema,
  noticeAsJson,
  noticeSchema,
  noticesSchema,
  previewSchema,
  statusOf,
} from './notice-shapes.ts';
import { ApiRefusal, notFound, pointed } from './refusal.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { json, problems } from './schema.ts';

const tags = ['Notices'];
const at = '/api/v1/notices/{id}';
const params = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .meta({ example: '12' }),
});

/** What each verb of the API prepares. */
const verbs: readonly { readonly path: string; readonly move: NoticeMove; readonly summary: string }[] = [
  { path: `${at}/draft`, move: 'announce', summary: 'Change a draft that was not confirmed yet' },
  { path: `${at}/update`, move: 'update', summary: 'Prepare news of a notice, with a text' },
  {
    path: `${at}/reschedule`,
    move: 'reschedule',
    summary: 'Prepare another time; of what runs, a later end',
  },
  { path: `${at}/cancel`, move: 'cancel', summary: 'Prepare the word that it will not take place' },
  { path: `${at}/resolve`, move: 'resolve', summary: 'Prepare the word that it is done, or mended' },
];

/** Notices: drafted, prepared, looked at, confirmed. Nobody is told anything by any other way than the confirmation. */
export const noticeRoutes: readonly ApiRoute[] = [
  defineRoute(
    'notices:write',
    {
      method: 'post',
      path: '/api/v1/notices',
      tags,
      summary: 'Draft a notice',
      description:
        'Nobody is told anything before it is confirmed. Sent again under the same key it is drafted once; another body under the same key is refused (409).',
      request: {
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: { required: true, content: { 'application/json': { schema: noticeBodySchema } } },
      },
      responses: {
        201: json('It is drafted.', statusOf),
        200: json('It was drafted before.', statusOf),
        ...problems([409]),
      },
    },
    desk => async c => {
      const input = c.req.valid('json');
      const key = c.req.valid('header')['idempotency-key'] ?? input.key;
      if (key === undefined || (input.key !== undefined && input.key !== key))
        throw refused([{ path: ['key'], message: 'give one key, here or as the header Idempotency-Key' }]);
      const made = done(desk, await desk.notices.draft(key, input));
      return c.json(made.status, made.again ? 200 : 201);
    },
  ),
  ...verbs.map(({ path, move, summary }) =>
    defineRoute(
      'notices:write',
      {
        method: 'post',
        path,
        tags,
        summary,
        description:
          'Nobody is told anything before it is confirmed. What is absent stays as it was confirmed last; a text is said once. `edition` is the one that was seen: where somebody was quicker, it is refused (409).',
        request: {
          params,
          body: { required: true, content: { 'application/json': { schema: noticeChangeSchema } } },
        },
        responses: { 200: json('It is prepared.', statusOf), ...problems([404, 409]) },
      },
      desk => async c => {
        const prepared = await desk.notices.prepare(
          Number(c.req.valid('param').id),
          move,
          c.req.valid('json'),
        );
        if (prepared === undefined) throw notFound();
        return c.json(done(desk, prepared).status, 200);
      },
    ),
  ),
  defineRoute(
    'notices:write',
    {
      method: 'post',
      path: `${at}/confirm`,
      tags,
      summary: 'Send what was prepared, to everyone whom it concerns',
      description:
        'Sent again with the same edition it is done once. Where somebody has changed it since, it is refused (409).',
      request: {
        params,
        body: {
          required: true,
          content: { 'application/json': { schema: z.strictObject({ edition: z.number().int().min(1) }) } },
        },
      },
      responses: { 200: json('It is on its way.', confirmedSchema), ...problems([404, 409]) },
    },
    desk => async c => {
      const end = await desk.notices.confirm(Number(c.req.valid('param').id), c.req.valid('json').edition);
      if (end === undefined) throw notFound();
      if (end.outcome === 'refused') throw refused(explained(desk, end.faults));
      if (end.outcome === 'changed') throw changed(end.notice.edition);
      const { id, state, revision, edition } = end.notice;
      return c.json({ id, state, revision, edition, again: end.outcome === 'again' }, 200);
    },
  ),
  ...readRoutes(),
];

function readRoutes(): readonly ApiRoute[] {
  return [
    defineRoute(
      'notices:read',
      {
        method: 'get',
        path: `${at}/preview`,
        tags,
        summary: 'Who would be told what is prepared, why and where, how long it takes, and the words',
        request: { params },
        responses: { 200: json('Nothing is sent for it.', previewSchema), ...problems([404, 409]) },
      },
      desk => async c => {
        const found = await desk.notices.preview(Number(c.req.valid('param').id));
        if (found === undefined) throw notFound();
        if (found === 'nothing') throw new ApiRefusal(409, 'Nothing of this notice waits to be confirmed');
        const { withoutContact, calledOff, ...preview } = found;
        return c.json(
          previewSchema.parse({ ...preview, without_contact: withoutContact, called_off: calledOff }),
          200,
        );
      },
    ),
    defineRoute(
      'notices:read',
      {
        method: 'get',
        path: at,
        tags,
        summary: 'A notice with all that was confirmed, and who was told',
        request: { params },
        responses: { 200: json('As it stands now.', noticeSchema), ...problems([404]) },
      },
      desk => async c => {
        const found = await desk.notices.get(Number(c.req.valid('param').id));
        if (found === undefined) throw notFound();
        return c.json(noticeAsJson(found), 200);
      },
    ),
    defineRoute(
      'notices:read',
      {
        method: 'get',
        path: '/api/v1/notices',
        tags,
        summary: 'The newest notices, those that are not over first',
        responses: { 200: json('At most 50.', noticesSchema) },
      },
      desk => async c => {
        const notices = (await desk.notices.list()).map(
          ({ id, kind, state, revision, edition, content, updatedAt }) => ({
            id,
            kind,
            state,
            revision,
            edition,
            title: content.title,
            updated_at: updatedAt.toISOString(),
          }),
        );
        return c.json({ notices }, 200);
      },
    ),
  ];
}

/** What was done, or an answer that says why not. */
function done(desk: DeskApi, end: NoticePrepared) {
  if (end.outcome === 'other-body') throw new ApiRefusal(409, 'This key was used for something else');
  if (end.outcome === 'refused') throw refused(explained(desk, end.faults));
  if (end.outcome === 'changed') throw changed(end.notice.edition);
  const { id, state, revision, edition } = end.notice;
  return { status: { id, state, revision, edition }, again: end.outcome === 'again' };
}

function changed(edition: number): ApiRefusal {
  return new ApiRefusal(409, `It was changed since: look at edition ${edition} first`);
}

function refused(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): ApiRefusal {
  return new ApiRefusal(422, 'Something in the request cannot be', pointed(issues));
}

function explained(desk: DeskApi, faults: readonly NoticeFault[]) {
  return faults.map(fault => ({ path: fault.path, message: desk.notices.explain(fault) }));
}
