import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { asText, isObj, type Obj, parseJson } from './json.ts';
import type { DeskAnswer } from './transport.ts';

/** What kind of thing an envelope carries. */
export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

// "up to 10 open WebSocket connections": https://docs.slack.dev/apis/events-api/using-socket-mode
const MAX_CONNECTIONS = 10;
// The real client ends a connection that is silent for 30 s.
const PING_EVERY_MS = 10_000;

/** The pretend Socket Mode: single-use tickets, hello, envelopes, acknowledgements, disconnect. */
export class SocketMode {
  readonly #appId: string;
  readonly #sockets = new Set<WebSocket>();
  /** Asked to go: used only while there is no other. */
  readonly #leaving = new WeakSet<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (answer: DeskAnswer) => void>();
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #pinger: NodeJS.Timeout;
  #turn = 0;

  constructor(appId: string) {
    this.#appId = appId;
    this.#pinger = setInterval(() => {
      for (const socket of this.#sockets) socket.ping();
    }, PING_EVERY_MS);
    this.#pinger.unref();
  }

  /** Lets the HTTP server hand over connections to `/link/`. */
  attach(server: Server): void {
    server.on('upgrade', (incoming, stream, head) => {
      const ticket = new URL(incoming.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!this.#tickets.delete(ticket)) {
        stream.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(incoming, stream, head, socket => this.#welcome(socket));
    });
  }

  /** A ticket for one connection; undefined when too many are open. */
  ticket(value: string): string | undefined {
    if (this.#sockets.size >= MAX_CONNECTIONS) return undefined;
    this.#tickets.add(value);
    return value;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Sends one envelope over the next connection in turn and waits for its acknowledgement. */
  send(id: string, type: EnvelopeType, payload: Obj, extra: Obj, withinMs: number): Promise<DeskAnswer> {
    const up = [...this.#sockets].filter(socket => socket.readyState === socket.OPEN);
    const staying = up.filter(socket => !this.#leaving.has(socket));
    const open = staying.length > 0 ? staying : up;
    const socket = open[this.#turn++ % Math.max(1, open.length)];
    if (!socket) return Promise.resolve({ kind: 'unreachable' });
    return new Promise(resolve => {
      const timer = setTimeout(() => this.#settle(id, { kind: 'timeout' }), withinMs);
      const onClose = (): void => this.#settle(id, { kind: 'unreachable' });
      socket.once('close', onClose);
      this.#waiting.set(id, answer => {
        clearTimeout(timer);
        socket.off('close', onClose);
        resolve(answer);
      });
      const answerable = type !== 'events_api';
      socket.send(
        JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: answerable, ...extra }),
      );
    });
  }

  /** Asks every client, or the one that came first, to come again, as Slack does every few hours (`refresh_requested`). */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled', which: 'all' | 'oldest'): void {
    for (const socket of [...this.#sockets].slice(0, which === 'all' ? undefined : 1)) {
      this.#leaving.add(socket);
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-sim' } }));
    }
  }

  /** Cuts all connections without a word. */
  drop(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  stop(): void {
    clearInterval(this.#pinger);
    this.drop();
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { kind: 'unreachable' });
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    this.#sockets.add(socket);
    // As many envelopes may wait for their acknowledgement as there are events on their way.
    socket.setMaxListeners(0);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', data => this.#acknowledged(String(data)));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.size,
        debug_info: { host: 'applink-sim', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#appId },
      }),
    );
  }

  #acknowledged(text: string): void {
    const frame = parseJson(text);
    if (!isObj(frame)) return;
    const payload = isObj(frame.payload) && Object.keys(frame.payload).length > 0 ? frame.payload : undefined;
    this.#settle(asText(frame.envelope_id), {
      kind: 'answered',
      status: 200,
      contentType: 'application/json',
      body: payload ? JSON.stringify(payload) : '',
      noRetry: false,
    });
  }

  #settle(id: string, answer: DeskAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
