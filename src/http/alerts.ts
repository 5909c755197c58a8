import type { IncomingMessage } from 'node:http';
import type { AlertReceiver, AlertsRead, AlertsSent, AlertsTaken, Log } from '../core/index.ts';
import { readBody } from './body.ts';
import { headersOf, named } from './hooks.ts';
import { pointerTo, problem } from './problem.ts';

/** What monitoring needs of the desk. */
export interface AlertParts {
  readonly receiver: AlertReceiver;
  /** Resolves when what was sent is safe in the database; rejects when it is not. */
  readonly take: (sent: AlertsSent) => Promise<AlertsTaken>;
}

interface Around {
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * One request of a monitoring system: let in by its secret before anything of the body is read, read, stored, answered; in this order. What could not be
 * stored is answered 500, so that it comes again; what is refused changes nothing.
 */
export async function takeAlertHook(
  incoming: IncomingMessage,
  { kind, token }: { readonly kind: string; readonly token?: string | undefined },
  { receiver, take }: AlertParts,
  { log, now }: Around,
): Promise<Response> {
  const admission = receiver.admit({ kind, token, headers: headersOf(incoming), now: now() });
  if (!admission.ok) {
    const { status, title, why } = admission;
    if (status === 401) log.warn('alerts were refused', { kind, why });
    return problem(
      status,
      title,
      status === 401 ? { 'www-authenticate': 'Bearer', connection: 'close' } : {},
    );
  }
  const body = await readBody(incoming, admission.limit);
  if (body === undefined) {
    log.warn('alerts were refused', { kind, why: 'the body is too long' });
    return problem(413, `Content too large: at most ${admission.limit} bytes`, { connection: 'close' });
  }
  const read = admission.read(body);
  if (!read.ok) return refuse(kind, read, log);
  try {
    return Response.json(await take(read.sent), { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    log.error('alerts could not be stored', { source: read.sent.source, ...named(error) });
    return problem(500, 'Not stored, please send it again');
  }
}

function refuse(
  kind: string,
  { status, title, faults, why }: Extract<AlertsRead, { ok: false }>,
  log: Log,
): Response {
  log.warn('alerts were refused', { kind, why });
  const errors = faults?.map(({ path, detail }) => ({ pointer: pointerTo(path), detail }));
  return problem(status, title, {}, errors);
}
