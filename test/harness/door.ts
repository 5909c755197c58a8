import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A public address in front of the desk, as a reverse proxy has it: it is there before the desk is, and stays when the desk restarts. */
export interface Door {
  readonly url: string;
  /** Where requests go; `undefined` answers 503. */
  leadTo(port: number | undefined): void;
  close(): Promise<void>;
}

/** Opens a door on a free port of 127.0.0.1. */
export async function openDoor(): Promise<Door> {
  let port: number | undefined;
  const server = createServer((incoming, outgoing) => {
    const refuse = (): void => void outgoing.writeHead(503).end();
    if (port === undefined) return refuse();
    const { url: path, method, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, answer => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : refuse()));
    incoming.pipe(onward);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(next) {
      port = next;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
