import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Scan, ScanResult } from '../core/index.ts';

/** Where clamd listens: a path, or a host and a port. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** Of silence, in ms, after which the scanner is away. */
const SILENCE_MS = 50_000;
/** Bytes of an answer that are read at most. */
const ANSWER = 4096;

/** Scans with clamd's INSTREAM: pieces with their length (4 bytes, big-endian) before them, an empty one at the end (man clamd). */
export function clamdScan(address: ClamdAddress, silenceMs = SILENCE_MS): Scan {
  return async bytes => {
    const socket = connect(address);
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('clamd is silent')));
    const answer = readAnswer(socket);
    try {
      // It may answer before the end (its StreamMaxLength is reached), and close: then writing fails, and the answer counts.
      await pipeline(Readable.from(frames(bytes)), socket, { end: false }).catch(() => undefined);
      return meaning(await answer);
    } catch {
      return 'away';
    } finally {
      socket.destroy();
    }
  };
}

async function* frames(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of bytes) {
    if (piece.byteLength === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.byteLength);
    yield length;
    yield piece;
  }
  yield Buffer.alloc(4);
}

function readAnswer(socket: Socket): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', piece => {
      text += piece.toString('latin1');
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > ANSWER) reject(new Error('clamd answers too much'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('clamd gave no answer')));
  });
  answer.catch(() => undefined);
  return answer;
}

function meaning(answer: string): ScanResult {
  if (answer.endsWith(' OK')) return 'clean';
  if (answer.endsWith(' FOUND')) return 'infected';
  return /size limit exceeded/i.test(answer) ? 'unable' : 'away';
}
