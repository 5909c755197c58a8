/** What browsers ask of the web chat over HTTP: the script, its words, a new chat, an upload, and the ways without a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import { whyOf } from '../../core/index.ts';
import { Brake, createVeil } from './brake.ts';
import { follow } from './follow.ts';
import { readDeed } from './frames.ts';
import { greeting } from './greeting.ts';
import type { Guest } from './identify.ts';
import { MAX_FRAME, MAX_WAITING, MAX_WAITING_BYTES, PING_MS } from './limits.ts';
import { createLive, type Live, type LiveParts } from './live.ts';
import { keepUp } from './news.ts';
import type { DeskFrame } from './protocol.ts';
import { script } from './script.ts';
import { newVisitor } from './verify.ts';
import { createWorks, type Done, type Works } from './work.ts';

/** The door of the web chat, for whoever serves HTTP. */
export interface Front {
  /** Everything that begins so. */
  readonly path: '/chat';
  fetch(request: Request, address: string): Promise<Response>;
  /** A connection that wants to be a WebSocket. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
}

/** New chats, connections and uploads of one address (a household, an office): so many at once, then so many a second. */
const CHATS = { perSecond: 1 / 30, burst: 20 };
const CONNECTIONS = { perSecond: 2, burst: 100 };
const UPLOADS = { perSecond: 1 / 5, burst: 30 };
/** The same of an address's uploads in megabytes: 300 at once, and as many in an hour, a seventh of what may wait (`MAX_WAITING_BYTES`). */
const UPLOADED = { perSecond: 300 / 3600, burst: 300 };
const REQUESTS = { perSecond: 10, burst: 200 };
/** A guest who has brought enough may try again after this, in ms: the desk takes in what was said within seconds. */
const WAITING_MS = 60_000;
/** New chats in a minute, when nothing else is said, from which on each costs its browser some work. */
const CALM = 60;

interface FrontParts extends LiveParts {
  readonly isOpen: () => boolean;
}

/** Makes the door. What `stop` ends is gone for good. */
export function createFront(parts: FrontParts): Front & { stop(): void; readonly live: Live } {
  const { config } = parts;
  const live = createLive(parts);
  const veil = createVeil();
  const brake = (pace: typeof CHATS): Brake => new Brake(pace, config.now);
  const brakes = {
    chats: brake(CHATS),
    connections: brake(CONNECTIONS),
    uploads: brake(UPLOADS),
    uploaded: brake(UPLOADED),
    requests: brake(REQUESTS),
  };
  const works = createWorks(config.calm ?? CALM, config.now);
  const streams = new Set<() => void>();
  const looking = keepUp(parts);
  const here: Here = { ...parts, brakes, works, streams };
  return {
    path: '/chat',
    live,
    async fetch(request, address) {
      const { pathname } = new URL(request.url);
      if (pathname === '/chat.js') return script(request);
      const origin = request.headers.get('origin') ?? '';
      if (!config.origins.includes(origin)) return plain(403, 'This site may not show the chat.');
      const answer =
        request.method === 'OPTIONS'
          ? preflight()
          : await route(here, request, pathname, veil(address)).catch(error => {
              config.log.warn('webchat: a request failed', { why: whyOf(error) });
              return json(503, { t: 'no', why: 'later' });
            });
      answer.headers.set('access-control-allow-origin', origin);
      answer.headers.set('vary', 'Origin');
      return answer;
    },
    upgrade(incoming, socket, head, address) {
      const refusal = refuseUpgrade(here, incoming, veil(address));
      if (refusal === undefined) return live.take(incoming, socket, head);
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    },
    stop() {
      looking.stop();
      live.stop();
      for (const end of [...streams]) end();
    },
  };
}

interface Here extends FrontParts {
  readonly brakes: Readonly<Record<'chats' | 'connections' | 'uploads' | 'uploaded' | 'requests', Brake>>;
  readonly works: Works;
  readonly streams: Set<() => void>;
}

/** Browsers say of themselves from which site they come (RFC 6455 §10.2); whoever lies there has no visitor's secret. */
function refuseUpgrade(
  { config, brakes, isOpen }: Here,
  { url = '', headers }: IncomingMessage,
  from: string,
): string | undefined {
  if (url.split('?')[0] !== '/chat/live') return '404 Not Found';
  if (!config.origins.includes(headers.origin ?? '')) return '403 Forbidden';
  if (!isOpen()) return '503 Service Unavailable';
  return brakes.connections.take(from) > 0 ? '429 Too Many Requests' : undefined;
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '7200',
    },
  });
}

async function route(here: Here, request: Request, pathname: string, from: string): Promise<Response> {
  const { config, brakes, isOpen } = here;
  const url = new URL(request.url);
  const deed = `${request.method} ${pathname}`;
  if (deed === 'GET /chat/hello') return json(200, greeting(config, url.searchParams.get('lang') ?? ''));
  if (!isOpen()) return json(503, { t: 'no', why: 'later' });
  const afterMs = brakes.requests.take(from);
  if (afterMs > 0) return json(429, { t: 'no', why: 'slower', afterMs });
  if (deed === 'POST /chat/session') return begin(here, request, from);
  const shown = /^Bearer (\S{1,4200})$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const admitted = await here.admit(shown);
  if (!admitted.ok) return json(401, { t: 'no', why: admitted.why });
  const lang = url.searchParams.get('lang') ?? undefined;
  switch (deed) {
    case 'POST /chat/do':
      return act(here, request, admitted.guest, lang);
    case 'POST /chat/files':
      return upload(here, request, admitted.guest, from);
    case 'GET /chat/stream':
      return stream(here, request, admitted.guest, Number(url.searchParams.get('after')) || 0);
    default:
      return plain(404, 'Not found');
  }
}

/** A new chat for a visitor. When many come at once each costs its browser some work; nobody is sent away. */
async function begin({ config, brakes, works }: Here, request: Request, from: string): Promise<Response> {
  const body = (await readJson(request)) as { readonly done?: Partial<Done> } | undefined;
  const { salt, number } = body?.done ?? {};
  const isDone =
    typeof salt === 'string' &&
    Number.isSafeInteger(number) &&
    works.isDone({ salt, number: number as number });
  const task = isDone ? undefined : works.wanted(brakes.chats.take(from) > 0);
  if (task !== undefined) return json(429, { task });
  const { id, secret, hash } = newVisitor();
  await config.rooms.make(id, hash);
  works.count();
  return json(201, { secret });
}

/** What a WebSocket would have brought, one frame at a time. */
async function act(
  { talk }: Here,
  request: Request,
  guest: Guest,
  lang: string | undefined,
): Promise<Response> {
  const text = await readText(request, MAX_FRAME);
  if (text === undefined) return json(413, { t: 'no', why: 'too-large' });
  const deed = readDeed(text);
  if (deed === undefined) return json(400, { t: 'no', why: 'invalid' });
  return json(200, (await talk(guest, lang, deed)) ?? {});
}

async function upload(
  { config, brakes }: Here,
  request: Request,
  guest: Guest,
  from: string,
): Promise<Response> {
  const { maxSize, perMessage } = config.files;
  const { own, bytes } = await config.uploads.waiting(guest.id);
  const size = Number(request.headers.get('content-length') ?? maxSize);
  if (!(size <= maxSize) || request.body === null) return json(413, { t: 'no', why: 'too-large' });
  if (bytes >= MAX_WAITING_BYTES) return json(503, { t: 'no', why: 'later' });
  const afterMs =
    own >= MAX_WAITING * perMessage
      ? WAITING_MS
      : brakes.uploads.take(from) || brakes.uploaded.take(from, Math.ceil(size / 2 ** 20));
  if (afterMs > 0) return json(429, { t: 'no', why: 'slower', afterMs });
  const kept = await config.uploads.keep(guest.id, Readable.fromWeb(request.body as never), maxSize);
  return kept === 'too-large' ? json(413, { t: 'no', why: 'too-large' }) : json(201, kept);
}

/** What a WebSocket would have said, as server-sent events. It ends with the word of the site, and when the desk stops. */
async function stream(
  { config, hub, streams }: Here,
  request: Request,
  guest: Guest,
  after: number,
): Promise<Response> {
  const room = await config.rooms.at(guest.id);
  if (room === undefined) return json(401, { t: 'no', why: 'unknown' });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
    highWaterMark: 1024,
  });
  const writer = writable.getWriter();
  const bytes = new TextEncoder();
  const write = (text: string): void => void writer.write(bytes.encode(text)).catch(() => end());
  const say = (frame: DeskFrame): void => {
    if ((writer.desiredSize ?? 0) < 0) return void end();
    write(`data: ${JSON.stringify(frame)}\n\n`);
  };
  const follower = follow(config, room, Math.min(after, room.tail), say);
  const leave = hub.join(guest.id, { say, end: () => end() }, follower);
  const beat = setInterval(() => {
    if (guest.until !== undefined && guest.until <= config.now().getTime()) {
      say({ t: 'no', why: 'expired' });
      return end();
    }
    write(': \n\n');
  }, PING_MS).unref();
  function end(): void {
    clearInterval(beat);
    leave();
    streams.delete(end);
    void writer.close().catch(() => undefined);
  }
  streams.add(end);
  request.signal.addEventListener('abort', end, { once: true });
  void follower
    .catchUp()
    .then(() => say({ t: 'ready', seen: room.seen, customer: guest.until !== undefined }))
    .catch(end);
  return new Response(readable, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

/** The whole body as text; undefined when it is longer than so many bytes. */
async function readText(request: Request, limit: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request, 1000);
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...HEADERS, 'content-type': 'application/json' },
  });
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
}
