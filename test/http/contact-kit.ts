import type { Desk } from '../../src/core/index.ts';
import { createHttp } from '../../src/http/app.ts';
import { type Listening, serveHttp } from '../../src/http/listen.ts';

/** The pages of a desk that everybody may see, on a port of their own. */
export async function serveContact({
  reach,
  status,
}: Desk): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = createHttp({
    channels: new Map(),
    accept: async () => ({ type: 'nothing' }),
    ready: async () => ({ ok: true, checks: {} }),
    log: { info() {}, warn() {}, error() {} },
    now: () => new Date(),
    status,
    reach,
  });
  const server: Listening = await serveHttp({ app, port: 0, hostname: '127.0.0.1' });
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close() };
}
