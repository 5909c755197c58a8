import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { Simulator } from '../model.ts';
import { MAX_BODY, perform, readAct } from './acts.ts';
import { pageFiles } from './files.ts';
import { fromOutside } from './guard.ts';
import { Bell, news, screensOf } from './live.ts';

/** What the stage shows. */
export interface StageParts {
  readonly simulators: readonly Simulator[];
  /** The provider's site with the bubble on it, to which a link leads. */
  readonly site?: string;
  /** Ends the open live streams, so that the server can close. */
  readonly signal?: AbortSignal;
}

/** Changed screens are sent at most this often, in ms: some 20 times a second. */
const BEAT_MS = 50;
/** A line is sent this often, in ms, when nothing changes, so that nobody in between takes the stream for dead. */
const PING_MS = 15_000;

/** Pictures come from the pretend platforms themselves, as they would from the real ones. */
const policyFor = (simulators: readonly Simulator[]): string =>
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
  `frame-ancestors 'none'; img-src ${["'self'", ...new Set(simulators.flatMap(originOf))].join(' ')}`;

function originOf({ url }: Simulator): string[] {
  const { protocol, origin } = new URL(url);
  return protocol === 'http:' ? [origin] : [];
}

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * The stage: one page on which anybody can see and use the pretend platforms as each of their people. To be mounted at `/stage`.
 *
 * It answers on loopback only: requests from other machines, for other host names or from other web pages get 403.
 */
export function createStage({ simulators, site, signal }: StageParts): Hono {
  const stage = new Hono();
  const files = pageFiles();
  stage.use(async (c, next) => {
    const why = fromOutside(c);
    if (why !== undefined) return c.json({ error: why }, 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    c.header('content-security-policy', policyFor(simulators));
  });
  stage.get('/', c => c.html(files.get('index.html')?.text ?? ''));
  stage.get('/page/:file', c => {
    const file = files.get(c.req.param('file'));
    return file === undefined ? c.notFound() : c.body(file.text, 200, { 'content-type': file.type });
  });
  stage.get('/site', c => (site === undefined ? c.notFound() : c.redirect(site)));
  stage.get('/state', c => c.json({ screens: screensOf(simulators) }));
  stage.get('/live', c =>
    streamSSE(c, async stream => {
      const bell = new Bell(simulators);
      signal?.addEventListener('abort', () => stream.abort(), { once: true });
      stream.onAbort(() => bell.end());
      if (signal?.aborted) bell.end();
      const sent = new Map<string, string>();
      while (!bell.ended) {
        const changed = news(simulators, sent);
        if (changed.length > 0)
          await stream.writeSSE({ event: 'changed', data: `{"screens":[${changed.join(',')}]}` });
        if (!(await bell.rings(PING_MS))) await stream.writeSSE({ event: 'ping', data: '' });
        await stream.sleep(BEAT_MS);
      }
    }),
  );
  stage.post(
    '/act',
    bodyLimit({ maxSize: MAX_BODY, onError: c => c.json({ error: 'That is too long for the stage.' }, 413) }),
    async c => {
      if (!/^application\/json\b/.test(c.req.header('content-type') ?? ''))
        return c.json({ error: 'An act is sent as application/json.' }, 415);
      const act = readAct(await c.req.text());
      if (typeof act === 'string') return c.json({ error: act }, 400);
      const done = await perform(simulators, act);
      return 'error' in done ? c.json(done, 409) : c.json(done);
    },
  );
  return stage;
}
