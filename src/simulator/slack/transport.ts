import { request } from 'node:http';

/** What the desk said to one delivery. */
export type DeskAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly noRetry: boolean;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

/** One request to the desk as it went over the wire, for replay and tampering. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts to the desk and waits at most `withinMs` for its whole answer. Plain HTTP. Not `fetch`: Bolt installs a global dispatcher
 * of another undici, and the pretend platform must not share that fate.
 */
export function postTo(url: string, { headers, body }: Delivery, withinMs: number): Promise<DeskAnswer> {
  return new Promise(resolve => {
    let outgoing: ReturnType<typeof request>;
    const timer = setTimeout(() => {
      resolve({ kind: 'timeout' });
      outgoing.destroy();
    }, withinMs);
    const finish = (answer: DeskAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    outgoing = request(url, { method: 'POST', headers: { ...headers, ...length }, agent: false });
    outgoing.on('error', () => finish({ kind: 'unreachable' }));
    outgoing.on('response', incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', () => finish({ kind: 'unreachable' }));
      incoming.on('end', () =>
        finish({
          kind: 'answered',
          status: incoming.statusCode ?? 0,
          contentType: incoming.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
          noRetry: incoming.headers['x-slack-no-retry'] === '1',
        }),
      );
    });
    outgoing.end(body);
  });
}
