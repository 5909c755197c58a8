import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { inDirectory } from '../kit/cleanup.ts';
import { cpuMs } from '../kit/cpu.ts';
import type { Options } from '../kit/report.ts';
import { percentile, round } from '../kit/stats.ts';

/** What the bench found. */
export interface ChatResult {
  /** From a bubble until the message for the desk post is committed, of first words and of those that follow: the greater of both. */
  readonly p99_ms: number;
  readonly p50_ms: number;
  /** The same until the desk's platform was given it. */
  readonly given_p99_ms: number;
  /** Processor time of the desk and its PostgreSQL for each bubble's first words, and for each message after them, in ms: unlike times it hardly depends on what else the machine does. */
  readonly opening_cpu_ms: number;
  readonly message_cpu_ms: number;
  /** Memory of the desk for each open bubble, in KB: what is resident, or what its heap holds, whichever is more, since what was freed before may be used again. */
  readonly bubble_kb: number;
  readonly bubbles: number;
  readonly per_s: number;
  /** Words that never came to the desk, or came twice. */
  readonly lost: number;
}

/** In MB: resident, and held by V8. */
interface Memory {
  readonly mb: number;
  readonly held: number;
}

/** How long words took, in ms. */
interface Waits {
  readonly enqueued: number[];
  readonly given: number[];
}

const p99 = (waits: readonly number[]): number => round(percentile(waits, 0.99), 1);

const ORIGIN = 'https://www.example.com';
const BUBBLES = 1000;
/** Bubbles that talk before, so that what is measured is a desk that is at work: V8 and PostgreSQL have planned what it does. What a desk does that has just started is said beside it. */
const WARM_UP = 200;
const PER_SECOND = 100;
/** What is under way when the last was said has this long to come, in ms. */
const REST_MS = 5_000;

/** A thousand open bubbles, and a hundred messages a second to one process. */
export function runChat({ short, say }: Options): Promise<ChatResult> {
  return inDirectory(async (directory, defer) => {
    const desk = fork(new URL('desk.ts', import.meta.url), [directory], {
      // As `npm start` has it; `gc` so that what is measured is what is held.
      execArgv: ['--expose-gc', '--max-semi-space-size=4', '--max-old-space-size=512'],
      env: { ...process.env, MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' },
    });
    defer(async () => {
      desk.send('stop');
      await once(desk, 'exit');
    });
    const { port } = await answerOf<{ port: number }>(desk);
    const visitors = Array.from({ length: WARM_UP + BUBBLES }, (_, nth) => nth);
    const secrets = await inTurns(visitors, nth => begin(port, nth));
    const early = await inTurns(secrets.slice(0, WARM_UP), (secret, nth) => open(port, secret, nth));
    await talk(early, WARM_UP / PER_SECOND);
    const cold = await ask<Waits>(desk, 'late');
    say(`first words to a desk that has just started: enqueued p99 ${p99(cold.enqueued)} ms`);
    await talk(early, WARM_UP / PER_SECOND);
    await ask<Waits>(desk, 'late');
    for (const socket of early) socket.terminate();
    const before = await ask<Memory>(desk, 'memory');
    const sockets = await inTurns(secrets.slice(WARM_UP), (secret, nth) => open(port, secret, WARM_UP + nth));
    const after = await ask<Memory>(desk, 'memory');
    defer(() => {
      for (const socket of [...early, ...sockets]) socket.terminate();
    });
    const grown = Math.max(after.mb - before.mb, after.held - before.held);
    const bubble = (grown * 1024) / sockets.length;
    say(`${BUBBLES} bubbles: ${round(grown, 1)} MB, ${round(bubble, 1)} KB each`);
    const seconds = short ? 10 : 30;
    // Each bubble's first words open a chat; from then on they are messages.
    const spent = [cpuMs(desk.pid as number)];
    await talk(sockets, BUBBLES / PER_SECOND);
    spent.push(cpuMs(desk.pid as number));
    const opened = await ask<Waits>(desk, 'late');
    say(`first words: enqueued p99 ${p99(opened.enqueued)} ms, given p99 ${p99(opened.given)} ms`);
    await talk(sockets, seconds);
    spent.push(cpuMs(desk.pid as number));
    const [begun = 0, opening = 0, ended = 0] = spent;
    const later = await ask<Waits>(desk, 'late');
    say(`what follows: enqueued p99 ${p99(later.enqueued)} ms, given p99 ${p99(later.given)} ms`);
    return {
      p99_ms: Math.max(p99(later.enqueued), p99(opened.enqueued)),
      p50_ms: round(percentile(later.enqueued, 0.5), 1),
      given_p99_ms: Math.max(p99(later.given), p99(opened.given)),
      opening_cpu_ms: round((opening - begun) / BUBBLES, 2),
      message_cpu_ms: round((ended - opening) / (seconds * PER_SECOND), 2),
      bubble_kb: round(bubble, 1),
      bubbles: BUBBLES,
      per_s: PER_SECOND,
      lost: Math.abs(seconds * PER_SECOND - later.given.length) + Math.abs(BUBBLES - opened.given.length),
    };
  });
}

/** Words at an even pace, each from another bubble, whether the earlier ones have come or not. */
async function talk(sockets: readonly WebSocket[], seconds: number): Promise<void> {
  const began = performance.now();
  for (let nth = 0; nth < seconds * PER_SECOND; nth += 1) {
    const due = began + (nth * 1000) / PER_SECOND;
    if (due > performance.now()) await wait(due - performance.now());
    const text = `Can you help me, at ${(performance.timeOrigin + performance.now()).toFixed(3)}`;
    const key = `key-${Math.random().toString(36).slice(2).padEnd(12, '0')}`;
    sockets[nth % sockets.length]?.send(JSON.stringify({ t: 'say', key, text }));
  }
  await wait(REST_MS);
}

/** Each visitor has an address of their own, as a proxy on the same machine tells it. */
const addressOf = (nth: number): string => `10.${nth >> 8}.${nth & 255}.7`;

async function begin(port: number, nth: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/chat/session`, {
    method: 'POST',
    headers: { origin: ORIGIN, 'x-forwarded-for': addressOf(nth) },
    body: '{}',
  });
  return ((await answer.json()) as { secret: string }).secret;
}

async function open(port: number, shown: string, nth: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/chat/live`, {
    origin: ORIGIN,
    headers: { 'x-forwarded-for': addressOf(nth) },
  });
  await once(socket, 'open');
  const ready = Promise.withResolvers<void>();
  socket.on('message', data => {
    if (String(data).includes('"ready"')) ready.resolve();
  });
  socket.send(JSON.stringify({ t: 'hello', shown, after: 0 }));
  await ready.promise;
  return socket;
}

async function inTurns<T, R>(all: readonly T[], act: (one: T, nth: number) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < all.length; from += 50)
    done.push(...(await Promise.all(all.slice(from, from + 50).map((one, nth) => act(one, from + nth)))));
  return done;
}

async function answerOf<T>(desk: ChildProcess): Promise<T> {
  const [answer] = await Promise.race([
    once(desk, 'message'),
    once(desk, 'exit').then(([code]) => Promise.reject(new Error(`the desk ended: ${code}`))),
  ]);
  return answer as T;
}

function ask<T>(desk: ChildProcess, question: 'memory' | 'late'): Promise<T> {
  const answer = answerOf<T>(desk);
  desk.send(question);
  return answer;
}
