import { GrammyError } from 'grammy/web';
import type { Fetched, InboundFile } from '../../core/index.ts';
import { type Clients, retryAfterMs, whyOf } from './api.ts';
import { MAX_DOWNLOAD } from './limits.ts';

/** The wait before another try, in ms, when Telegram names none. */
const WAIT_MS = 5_000;
const tooLarge: Fetched = { outcome: 'refused', why: 'Telegram gives files of up to 20 MB to bots' };

/**
 * Gets a file that came with an update: asks for its link, which lives an hour, and reads it. The link holds the token, so nothing that
 * goes wrong here is told with its address.
 */
export async function fetchFile(clients: Clients, file: InboundFile, maxBytes: number): Promise<Fetched> {
  if ((file.size ?? 0) > MAX_DOWNLOAD) return tooLarge;
  try {
    const { file_path: path } = await clients.calls.getFile(file.source);
    if (path === undefined) return again('Telegram gave no link');
    const { status, body, drop } = await clients.download(path);
    if (status === 200) return { outcome: 'fetched', bytes: bounded(body, maxBytes) };
    drop();
    return again(`the link answered with ${status}`);
  } catch (error) {
    const final = error instanceof GrammyError && error.error_code === 400;
    if (!final) return again(whyOf(error), retryAfterMs(error));
    return /too big/i.test(error.description) ? tooLarge : { outcome: 'refused', why: whyOf(error) };
  }
}

function again(why: string, afterMs = WAIT_MS): Fetched {
  return { outcome: 'retry', afterMs, why };
}

async function* bounded(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let left = maxBytes;
  for await (const piece of body) {
    left -= piece.byteLength;
    if (left < 0) throw new Error(`the file is larger than ${maxBytes} bytes`);
    yield piece;
  }
}
