import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { Intent } from './events.ts';
import { isObject } from './form.ts';
import { stamp } from './ids.ts';
import { limits } from './limits.ts';
import { sees } from './permissions.ts';
import type { Emission, Json } from './types.ts';
import { channelWire, guildWire, memberWire, userWire } from './wire.ts';
import type { World } from './world.ts';

/** Milliseconds between heartbeats, as the real gateway asks for. */
const heartbeatMs = 41_250;
/** Packets that a session keeps for a resume. */
const replayDepth = 2_000;
/** All intents of API v10: bits 0 to 16, 20, 21, 24 and 25. */
const knownIntents = 0x1_ff_ff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  seq: number;
  readonly sent: { readonly s: number; readonly text: string }[];
  socket: WebSocket | null;
}

/** What the gateway needs to know besides the world. */
interface GatewayParts {
  readonly world: World;
  readonly botToken: string;
  readonly url: () => string;
}

/** The gateway: sessions, sequence numbers, resume, heartbeats and close codes of API v10. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  readonly #bySocket = new Map<WebSocket, Session>();
  #lastCaused: string | undefined;
  #isRefusing = false;
  #held: (() => void)[] | undefined;
  /** How often each event that a person causes is sent. */
  times = 1;
  #identifies = 0;
  #sessionCount = 0;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    parts.world.connectGateway(emission => this.#dispatch(emission));
  }

  /** Sessions that were begun, for counting restarts. */
  get identifies(): number {
    return this.#identifies;
  }

  /** True when a client is connected and identified. */
  get connected(): boolean {
    return this.#bySocket.size > 0;
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, client => this.#welcome(client, request));
    });
  }

  #welcome(socket: WebSocket, request: IncomingMessage): void {
    const version = new URL(request.url ?? '/', 'http://localhost').searchParams.get('v') ?? '10';
    if (version !== '10' && version !== '9') {
      socket.close(4012, 'Invalid API version.');
      return;
    }
    const sends: number[] = [];
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const session = this.#bySocket.get(socket);
      if (session?.socket === socket) session.socket = null;
      this.#bySocket.delete(socket);
    });
    socket.on('message', raw => {
      const now = Date.now();
      while ((sends[0] ?? now) < now - 60_000) sends.shift();
      sends.push(now);
      if (sends.length > limits.gatewaySendsPerMinute) socket.close(4008, 'You are being rate limited.');
      else this.#receive(socket, raw.toString());
    });
    this.#send(socket, { op: 10, d: { heartbeat_interval: heartbeatMs, _trace: [] }, s: null, t: null });
  }

  #send(socket: WebSocket, packet: Json): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(packet));
  }

  #receive(socket: WebSocket, text: string): void {
    let packet: unknown;
    try {
      packet = JSON.parse(text);
    } catch {
      socket.close(4002, 'Error while decoding payload.');
      return;
    }
    if (!isObject(packet) || typeof packet.op !== 'number') {
      socket.close(4002, 'Error while decoding payload.');
      return;
    }
    const data = isObject(packet.d) ? packet.d : {};
    const op = packet.op;
    if (op === 1) this.#send(socket, { op: 11, d: null, s: null, t: null });
    else if (op === 2) this.#identify(socket, data);
    else if (op === 6) this.#resume(socket, data);
    else if (!this.#bySocket.has(socket)) socket.close(4003, 'Not authenticated.');
    else if (![3, 4, 8, 31].includes(op)) socket.close(4001, 'Unknown opcode.');
  }

  #tokenFits(token: unknown): boolean {
    return (
      !this.#isRefusing && typeof token === 'string' && token.replace(/^Bot /, '') === this.#parts.botToken
    );
  }

  #identify(socket: WebSocket, data: Json): void {
    const intents = data.intents;
    const shard = Array.isArray(data.shard) ? data.shard.map(Number) : [0, 1];
    const [index = 0, count = 1] = shard;
    const refused = (intents: number) =>
      !this.#parts.world.messageContent && (intents & Intent.content) !== 0;
    if (this.#bySocket.has(socket)) socket.close(4005, 'Already authenticated.');
    else if (!this.#tokenFits(data.token)) socket.close(4004, 'Authentication failed.');
    else if (!(index >= 0 && index < count)) socket.close(4010, 'Invalid shard.');
    else if (typeof intents !== 'number' || (intents & ~knownIntents) !== 0)
      socket.close(4013, 'Invalid intent(s).');
    else if (refused(intents)) socket.close(4014, 'Disallowed intent(s).');
    else this.#begin(socket, intents, [index, count]);
  }

  #begin(socket: WebSocket, intents: number, shard: readonly [number, number]): void {
    const { world } = this.#parts;
    this.#sessionCount += 1;
    this.#identifies += 1;
    const id = this.#sessionCount.toString(16).padStart(32, '0');
    const session: Session = { id, intents, shard, seq: 0, sent: [], socket };
    this.#sessions.set(id, session);
    this.#bySocket.set(socket, session);
    const holdsGuild = this.#holds(session, world.guildId);
    this.#push(session, 'READY', {
      v: 10,
      user: { ...userWire(world.bot), verified: true, mfa_enabled: false, email: null, flags: 0 },
      user_settings: {},
      session_type: 'normal',
      session_id: id,
      resume_gateway_url: this.#parts.url(),
      shard: [...shard],
      private_channels: [],
      presences: [],
      relationships: [],
      guild_join_requests: [],
      guilds: holdsGuild ? [{ id: world.guildId, unavailable: true }] : [],
      application: { id: world.applicationId, flags: 1 << 15 },
      _trace: [],
    });
    if (holdsGuild && intents & Intent.guilds) this.#push(session, 'GUILD_CREATE', this.#guildCreate());
  }

  #guildCreate(): Json {
    const { world } = this.#parts;
    const channels = [...world.channels.values()].filter(one => one.guildId !== null);
    const threads = channels.filter(
      one => one.thread && !one.thread.archived && sees(world, one, world.bot.id),
    );
    return {
      ...guildWire(world),
      joined_at: stamp(world.startedAt),
      large: false,
      unavailable: false,
      geo_restricted: false,
      member_count: world.members.size,
      members: [...world.members.values()].map(memberWire),
      channels: channels.filter(one => !one.thread).map(one => channelWire(world, one)),
      threads: threads.map(one => channelWire(world, one)),
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    };
  }

  #resume(socket: WebSocket, data: Json): void {
    const session = this.#sessions.get(String(data.session_id));
    if (!this.#tokenFits(data.token)) socket.close(4004, 'Authentication failed.');
    else if (!session) this.#send(socket, { op: 9, d: false, s: null, t: null });
    else if (typeof data.seq !== 'number' || data.seq > session.seq) socket.close(4007, 'Invalid seq.');
    else {
      session.socket?.close(4000, 'Resumed elsewhere.');
      session.socket = socket;
      this.#bySocket.set(socket, session);
      const from = data.seq;
      for (const one of session.sent) if (one.s > from) socket.send(one.text);
      this.#push(session, 'RESUMED', { _trace: [] });
    }
  }

  #push(session: Session, name: string, data: Json): string {
    session.seq += 1;
    const text = JSON.stringify({ op: 0, t: name, s: session.seq, d: data });
    session.sent.push({ s: session.seq, text });
    if (session.sent.length > replayDepth) session.sent.shift();
    const sending = () => {
      if (session.socket?.readyState === WebSocket.OPEN) session.socket.send(text);
    };
    if (this.#held && name !== 'READY' && name !== 'RESUMED') this.#held.push(sending);
    else sending();
    return text;
  }

  #holds(session: Session, guildId: string | null): boolean {
    const [index, count] = session.shard;
    return guildId === null ? index === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
  }

  #dispatch(emission: Emission): void {
    for (const session of this.#sessions.values()) {
      if (!this.#holds(session, emission.guildId)) continue;
      if (emission.intents !== 0 && (session.intents & emission.intents) === 0) continue;
      const data = emission.data(session.intents);
      if (data === null) continue;
      const text = this.#push(session, emission.name, data);
      if (emission.cause === this.#parts.world.bot.id) continue;
      this.#lastCaused = text;
      for (let n = 1; n < this.times; n += 1) session.socket?.send(text);
    }
  }

  /** Holds events back until the returned function sends them, the newest first when `reversed`. */
  hold(): (how?: { readonly reversed: boolean }) => void {
    this.#held ??= [];
    return ({ reversed } = { reversed: false }) => {
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const send of reversed ? held.reverse() : held) send();
    };
  }

  /** Takes no token any more, and throws out who is connected (close code 4004); or takes it again. */
  refuse(isRefusing: boolean): void {
    this.#isRefusing = isRefusing;
    if (isRefusing) for (const socket of this.#bySocket.keys()) socket.close(4004, 'Authentication failed.');
  }

  /** Sends the last packet that a person caused once more, with its old sequence number. */
  redeliver(): void {
    if (this.#lastCaused !== undefined) this.sendRaw(this.#lastCaused);
  }

  /** Sends anything to all connected clients as it is: text unchanged, other values as JSON. */
  sendRaw(packet: unknown): void {
    const text = typeof packet === 'string' ? packet : JSON.stringify(packet);
    for (const socket of this.#bySocket.keys()) socket.send(text);
  }

  /** Asks all clients to reconnect and resume (opcode 7). */
  askReconnect(): void {
    for (const socket of this.#bySocket.keys()) this.#send(socket, { op: 7, d: null, s: null, t: null });
  }

  /** Tells all clients that their session is invalid (opcode 9). */
  invalidate(resumable: boolean): void {
    for (const [socket, session] of [...this.#bySocket]) {
      if (!resumable) this.#sessions.delete(session.id);
      this.#send(socket, { op: 9, d: resumable, s: null, t: null });
    }
  }

  /** Cuts all connections; without `resumable` their sessions are gone too. */
  drop(resumable: boolean): void {
    for (const socket of [...this.#bySocket.keys()]) socket.terminate();
    for (const session of this.#sessions.values()) session.socket = null;
    this.#bySocket.clear();
    if (!resumable) this.#sessions.clear();
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}
