import type { Hono } from 'hono';
import type { Screen } from '../../src/simulator/model.ts';

/** A request as the stage's own page makes it. */
export function ask(stage: Hono, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { host: 'localhost:3000', ...Object.fromEntries(new Headers(init.headers)) };
  return Promise.resolve(stage.request(`http://localhost:3000${path}`, { ...init, headers }));
}

/** An act of the page. */
export function act(stage: Hono, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return ask(stage, '/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Reads the live stream, one event at a time. */
export class LiveReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(response: Response) {
    if (response.body === null) throw new Error('there is no stream');
    this.#reader = response.body.getReader();
  }

  /** The next event; undefined at the end. */
  async next(): Promise<{ event: string; screens: Screen[] } | undefined> {
    for (;;) {
      const end = this.#rest.indexOf('\n\n');
      if (end >= 0) {
        const lines = this.#rest.slice(0, end).split('\n');
        this.#rest = this.#rest.slice(end + 2);
        const field = (name: string): string =>
          lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
        const data = field('data');
        return { event: field('event'), screens: data === '' ? [] : JSON.parse(data).screens };
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#rest += this.#decoder.decode(value, { stream: true });
    }
  }

  /** Reads on until a screen fits. */
  async until(fits: (screen: Screen) => boolean): Promise<Screen> {
    for (;;) {
      const event = await this.next();
      if (event === undefined) throw new Error('the stream ended');
      const found = event.screens.find(fits);
      if (found) return found;
    }
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}
