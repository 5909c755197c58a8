import { createHttp } from '../../src/http/app.ts';
import { serveHttp } from '../../src/http/listen.ts';

/** A desk's pages on a port of their own, with no channel and nothing in the log. */
export async function serve(
  parts: Partial<Parameters<typeof createHttp>[0]>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = createHttp({
    channels: new Map(),
    accept: async () => ({ type: 'nothing' }),
    ready: async () => ({ ok: true, checks: {} }),
    log: { info() {}, warn() {}, error() {} },
    now: () => new Date(),
    ...parts,
  });
  const server = await serveHttp({ app, port: 0, hostname: '127.0.0.1' });
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close() };
}
