/**
 * Draws pictures, in a process of its own for each: the library takes some 40 MB, which the desk has only for the second in which a
 * picture is wanted, and nothing that goes wrong in native code can end the desk. One at a time; a picture takes about half a second.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DrawChart } from '../core/index.ts';

const PAINTER = fileURLToPath(new URL('./painter.ts', import.meta.url));
/** Longest that a picture may take, in ms of real time: the outbox gives an attempt 45 s. */
const PATIENCE_MS = 20_000;
/** More bytes than a picture of ours ever has. */
const MOST = 4 * 1024 * 1024;
/** The last pictures, some 50 kB each: a report goes to several desks, and is sent again after a fault. */
const KEPT = 4;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** The hand that draws. Nothing is loaded or started before the first picture. */
export function createDrawChart(painter = PAINTER, patienceMs = PATIENCE_MS): DrawChart {
  let before: Promise<unknown> = Promise.resolve();
  const kept = new Map<string, Promise<Uint8Array>>();
  return chart => {
    const key = JSON.stringify(chart);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const drawing = before.then(() => draw(painter, key, patienceMs));
    before = drawing.catch(() => kept.delete(key));
    kept.set(key, drawing);
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return drawing;
  };
}

/** The painter is given the chart and nothing else: none of the desk's environment, which holds secrets. */
function draw(painter: string, chart: string, patienceMs: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const child = spawn(process.execPath, ['--max-old-space-size=128', painter], {
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const pieces: Buffer[] = [];
  let size = 0;
  let complaint = '';
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size <= MOST) pieces.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    complaint = (complaint + piece.toString()).slice(-500);
  });
  child.on('error', reject);
  child.on('close', (code, signal) => {
    const png = Buffer.concat(pieces);
    if (code === 0 && size <= MOST && png.subarray(0, 4).equals(PNG)) resolve(png);
    else reject(new Error(`the picture was not drawn (${signal ?? code}): ${complaint.trim()}`));
  });
  // A painter that ends early says why by its end.
  child.stdin.on('error', () => undefined);
  child.stdin.end(chart);
  return promise;
}
