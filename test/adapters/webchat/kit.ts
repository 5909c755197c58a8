/** The wire of a bubble, by hand: for what a real one would never do. */
import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Inbound } from '../../../src/core/index.ts';
import { startWebDesk, type WebDesk } from '../contract/web-rig.ts';

/** A web desk that listens, with what core has heard. */
export interface OpenDesk extends WebDesk {
  readonly heard: Inbound[];
  /** Core does not take anything while it is true. */
  deaf: boolean;
}

/** Starts one. */
export async function openDesk(over: Parameters<typeof startWebDesk>[0] = () => ({})): Promise<OpenDesk> {
  const heard: Inbound[] = [];
  const desk: OpenDesk = Object.assign(await startWebDesk(over), { heard, deaf: false });
  const listener = await desk.channel.listen?.(async inbound => {
    if (desk.deaf) throw new Error('the database does not answer');
    if (!heard.some(({ eventId }) => eventId === inbound.eventId)) heard.push(inbound);
    return { type: 'nothing' };
  });
  const { stop } = desk;
  return Object.assign(desk, {
    stop: async () => {
      await listener?.stop();
      await stop();
    },
  });
}

/** A request as a page of the site makes it. */
export function asks(
  desk: WebDesk,
  path: string,
  init: RequestInit & { readonly shown?: string; readonly origin?: string } = {},
): Promise<Response> {
  const { shown, origin = desk.site.origin, ...rest } = init;
  const headers = {
    origin,
    ...(shown !== undefined && { authorization: `Bearer ${shown}` }),
    ...(init.headers as Record<string, string>),
  };
  return fetch(`${desk.url}${path}`, { ...rest, headers });
}

/** A new visitor's secret. */
export async function newSecret(desk: WebDesk): Promise<string> {
  const answer = await asks(desk, '/chat/session', { method: 'POST', body: '{}' });
  const { secret } = (await answer.json()) as { secret: string };
  return secret;
}

/** A socket and what came through it. */
export interface Line {
  readonly socket: WebSocket;
  readonly frames: {
    readonly t: string;
    readonly why?: string;
    readonly key?: string;
    readonly [more: string]: unknown;
  }[];
  /** The code with which it ended. */
  readonly closed: Promise<number>;
  /** Once a frame of that kind is there. */
  got(t: string): Promise<Record<string, unknown>>;
  says(key: string, text: string, more?: object): void;
}

/** Connects; `hello` is sent when it is given. */
export async function connects(desk: WebDesk, hello?: object, origin = desk.site.origin): Promise<Line> {
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/chat/live`, { origin });
  const frames: Line['frames'] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>(resolve => socket.on('close', code => resolve(code)));
  socket.on('error', () => undefined);
  socket.on('message', data => {
    frames.push(JSON.parse(String(data)));
    for (const look of [...waiting]) look();
  });
  await once(socket, 'open');
  if (hello !== undefined) socket.send(JSON.stringify(hello));
  return {
    socket,
    frames,
    closed,
    got: t =>
      new Promise(resolve => {
        const look = (): void => {
          const found = frames.find(one => one.t === t);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    says: (key, text, more = {}) => socket.send(JSON.stringify({ t: 'say', key, text, ...more })),
  };
}

/** A bubble that stands. */
export async function stands(desk: WebDesk, shown: string, after = 0): Promise<Line> {
  const line = await connects(desk, { t: 'hello', shown, after });
  await line.got('ready');
  return line;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of any kind: right, wrong, or none. */
export function token(
  claims: object,
  {
    alg = 'HS256',
    key,
    header = {},
  }: {
    readonly alg?: string;
    readonly key: string | ReturnType<typeof keys>['privateKey'];
    readonly header?: object;
  },
): string {
  const head = `${part({ alg, typ: 'JWT', ...header })}.${part(claims)}`;
  if (alg === 'none') return `${head}.`;
  const mac =
    typeof key === 'string'
      ? createHmac(alg === 'HS512' ? 'sha512' : 'sha256', key)
          .update(head)
          .digest()
      : signWith(null, Buffer.from(head), key);
  return `${head}.${mac.toString('base64url')}`;
}

/** A pair of keys as `openssl genpkey -algorithm ed25519` makes it. */
export const keys = () => generateKeyPairSync('ed25519');

/** Claims as the site makes them, good for ten minutes. */
export function claims(over: object = {}): object {
  const iat = Math.floor(Date.now() / 1000);
  return { sub: 'ana', name: 'Ana', aud: 'switchdesk', iat, exp: iat + 600, ...over };
}
