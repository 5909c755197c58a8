/** Bubbles over WebSockets: one process of `ws` for all, without compression, whose memory would be many times that of a bubble. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket, WebSocketServer } from 'ws';
import { whyOf } from '../../core/index.ts';
import { Brake } from './brake.ts';
import type { WebchatConfig } from './config.ts';
import { follow } from './follow.ts';
import { readDeed, readHello } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Guest } from './identify.ts';
import { HELLO_MS, MAX_FRAME, PING_MS } from './limits.ts';
import type { Deed, DeskFrame } from './protocol.ts';
import type { Talk } from './talk.ts';
import type { Admit } from './verify.ts';

/** Frames of one connection, whatever is in them: more are a flood, and end it. */
const FRAMES = { perSecond: 10, burst: 100 };
/** Deeds of one connection that are under way at once; what comes on top waits its turn in the socket. */
const AT_ONCE = 8;
/** Bytes that may wait to be read by a bubble; one that reads no more is let go, and comes back. */
const BACKLOG = 1024 * 1024;

/** RFC 6455 §7.4.1, and 4000–4999 as our own. */
const CODES = { away: 1001, policy: 1008, later: 1013, refused: 4401 } as const;

/** What live bubbles work with. */
export interface LiveParts {
  readonly config: WebchatConfig;
  readonly hub: Hub;
  readonly admit: Admit;
  readonly talk: Talk;
}

/** Takes over connections that want to be WebSockets. */
export interface Live {
  take(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every connection. */
  stop(): void;
  readonly size: number;
}

/** Loads `ws` when the first bubble comes. */
export function createLive(parts: LiveParts): Live {
  let server: Promise<WebSocketServer> | undefined;
  const sockets = new Set<Bubble>();
  const beat = setInterval(() => {
    for (const one of [...sockets]) one.beat();
  }, PING_MS).unref();
  const open = async (): Promise<WebSocketServer> => {
    const { WebSocketServer } = await import('ws');
    return new WebSocketServer({
      noServer: true,
      maxPayload: MAX_FRAME,
      perMessageDeflate: false,
      clientTracking: false,
    });
  };
  return {
    take(incoming, socket, head) {
      server ??= open();
      void server.then(
        ready =>
          ready.handleUpgrade(incoming, socket, head, client => {
            const bubble = new Bubble(client, parts, () => sockets.delete(bubble));
            sockets.add(bubble);
          }),
        () => socket.destroy(),
      );
    },
    stop() {
      clearInterval(beat);
      for (const one of [...sockets]) one.end();
    },
    get size() {
      return sockets.size;
    },
  };
}

/** One open bubble. */
class Bubble {
  readonly #socket: WebSocket;
  readonly #parts: LiveParts;
  readonly #frames: Brake;
  #guest: Guest | undefined;
  #lang: string | undefined;
  #leave: (() => void) | undefined;
  #under = 0;
  #last: Promise<void> = Promise.resolve();
  #alive = true;
  #timer: NodeJS.Timeout | undefined;
  #greeted = false;

  constructor(socket: WebSocket, parts: LiveParts, gone: () => void) {
    this.#socket = socket;
    this.#parts = parts;
    this.#frames = new Brake(FRAMES, parts.config.now);
    this.#timer = setTimeout(() => this.#close(CODES.policy), HELLO_MS);
    socket.on('message', (data, isBinary) => this.#heard(data, isBinary));
    socket.on('pong', () => {
      this.#alive = true;
    });
    // A frame that is too long, or breaks the protocol: ws ends the connection with the right code by itself.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#timer);
      this.#leave?.();
      gone();
    });
  }

  /** Asks whether it is still there; one that did not answer since the last time is not. Whoever was let in for a time goes when it is over. */
  beat(): void {
    if (!this.#alive) return void this.#socket.terminate();
    const { until } = this.#guest ?? {};
    if (until !== undefined && until <= this.#parts.config.now().getTime())
      return void this.#refuse('expired');
    this.#alive = false;
    this.#socket.ping();
  }

  end(): void {
    this.#close(CODES.away);
  }

  say(frame: DeskFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(frame));
    if (this.#socket.bufferedAmount > BACKLOG) this.#socket.terminate();
  }

  #heard(data: RawData, isBinary: boolean): void {
    if (isBinary || this.#frames.take('') > 0) return void this.#close(CODES.policy);
    const text = String(data);
    if (this.#guest === undefined) {
      if (this.#greeted) return void this.#close(CODES.policy);
      this.#greeted = true;
      void this.#greet(text).catch(error => {
        this.#parts.config.log.warn('webchat: a bubble could not be let in', { why: whyOf(error) });
        this.#close(CODES.later);
      });
      return;
    }
    const deed = readDeed(text);
    if (deed === undefined) return void this.#close(CODES.policy);
    this.#do(this.#guest, deed);
  }

  async #greet(text: string): Promise<void> {
    const hello = readHello(text);
    if (hello === undefined) return void this.#close(CODES.policy);
    const { admit, hub, config } = this.#parts;
    const admitted = await admit(hello.shown);
    if (!admitted.ok) return this.#refuse(admitted.why);
    const { guest } = admitted;
    const room = await config.rooms.at(guest.id);
    if (room === undefined) return this.#refuse('unknown');
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    clearTimeout(this.#timer);
    const after = Math.min(hello.after, room.tail);
    const follower = follow(config, room, after, frame => this.say(frame));
    this.#leave = hub.join(guest.id, this, follower);
    this.#lang = hello.lang;
    await follower.catchUp();
    this.say({ t: 'ready', seen: room.seen, customer: guest.until !== undefined });
    this.#guest = guest;
  }

  /** One after the other: what was said first stands first. */
  #do(guest: Guest, deed: Deed): void {
    this.#under += 1;
    if (this.#under >= AT_ONCE) this.#socket.pause();
    this.#last = this.#last.then(async () => {
      const over = guest.until !== undefined && guest.until <= this.#parts.config.now().getTime();
      const answer = over ? undefined : await this.#parts.talk(guest, this.#lang, deed);
      this.#under -= 1;
      if (this.#socket.isPaused) this.#socket.resume();
      if (over) this.#refuse('expired');
      else if (answer !== undefined) this.say(answer);
    });
  }

  #refuse(why: 'expired' | 'refused' | 'unknown'): void {
    this.say({ t: 'no', why });
    this.#close(CODES.refused);
  }

  #close(code: number): void {
    this.#socket.close(code);
    // A bubble that does not close with us is cut off: it holds nothing open.
    setTimeout(() => this.#socket.terminate(), 2000).unref();
  }
}
