import type { Context } from 'hono';

/** `localhost`, `127.0.0.1` or `[::1]`, with any port. */
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const LOOPBACK_ADDRESS = /^(?:127\.|::1$|::ffff:127\.)/;

/** Why a request must not reach the stage: from another machine, under another name, or from another web page. */
export function fromOutside(c: Context): string | undefined {
  const address = remoteAddress(c.env);
  if (address !== undefined && !LOOPBACK_ADDRESS.test(address))
    return 'The stage answers only to the machine it runs on.';
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  if (!LOOPBACK_HOST.test(host)) return 'The stage answers only as localhost.';
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`) return 'Another page cannot use the stage.';
  const site = c.req.header('sec-fetch-site');
  const crossed = site !== undefined && site !== 'same-origin' && site !== 'none';
  // A link on another page may lead here; anything else from there may not.
  if (crossed && c.req.header('sec-fetch-mode') !== 'navigate') return 'Another page cannot use the stage.';
  return undefined;
}

/** Where the request came from, when it came over a socket of Node's. */
function remoteAddress(env: unknown): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress;
}
