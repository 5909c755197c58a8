import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Fetched, InboundFile, Log } from '../../core/index.ts';
import { oneLine } from '../../core/index.ts';
import type { Api } from './api.ts';
import { whyOf } from './errors.ts';
import { receiptOf } from './outcome.ts';
import type { ContentPayload } from './payloads.ts';
import { send, upTo } from './wire.ts';

/** Hosts that Discord serves people's files from; a file of any other is not fetched. */
const HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
/** How long one file may take altogether, milliseconds: 10 MiB at 100 kB/s. */
const FILE_MS = 100_000;
/** Ms until a file is asked for again when Discord gives no time. */
const AGAIN_MS = 10_000;
/** Longest source that core keeps, UTF-16 units. */
const MAX_SOURCE = 2_000;

/** The files of a message as core is told of them. One without an address, or with one that is too long, is left out. */
export function filesOf(attachments: ContentPayload['attachments']): InboundFile[] {
  return attachments
    .filter(({ url }) => url !== '' && url.length <= MAX_SOURCE)
    .map(({ url, filename, size }) => ({ source: url, name: oneLine(filename, 200) || 'file', size }));
}

/** What fetching needs. */
export interface Fetching {
  readonly api: Api;
  readonly log: Log;
  /** The API's root where it is not Discord's own: its host is believed too. */
  readonly apiUrl: string | undefined;
}

const refused = (why: string): Fetched => ({ outcome: 'refused', why });
const again = (why: string, afterMs = AGAIN_MS): Fetched => ({ outcome: 'retry', afterMs, why });

/** The ability to get a file. Its link is good for a day; an older one is made anew. No right goes with the request. */
export async function fetchFile(at: Fetching, file: InboundFile, maxBytes: number): Promise<Fetched> {
  if (!isServed(file.source, at.apiUrl)) return refused('the link leads elsewhere');
  try {
    const first = await get(file.source);
    if (!EXPIRED.has(first.statusCode ?? 0)) return taken(first, maxBytes);
    first.resume();
    const link = await refreshed(at, file.source);
    if (link === undefined || !isServed(link, at.apiUrl)) return refused('the file is gone');
    const second = await get(link);
    if (!EXPIRED.has(second.statusCode ?? 0)) return taken(second, maxBytes);
    second.resume();
    return refused('the file is gone');
  } catch (error) {
    at.log.warn('discord: a file cannot be fetched', { why: whyOf(error) });
    const receipt = receiptOf(at, error, { repeatable: true, needs: 'Read Message History' });
    return receipt.outcome === 'retry' ? again(receipt.why, receipt.afterMs) : refused(whyOf(error));
  }
}

function isServed(link: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname, host, username } = new URL(link);
  if (username !== '') return false;
  if (protocol === 'https:' && HOSTS.has(hostname)) return true;
  return apiUrl !== undefined && host === new URL(apiUrl).host;
}

/** What the CDN answers for a link whose day is over, or whose file is gone. */
const EXPIRED: ReadonlySet<number> = new Set([401, 403, 404, 410]);

function get(url: string): Promise<IncomingMessage> {
  return send({ url, method: 'GET', headers: {}, signal: AbortSignal.timeout(FILE_MS) });
}

function taken(answer: IncomingMessage, maxBytes: number): Fetched {
  const status = answer.statusCode ?? 0;
  if (status === 200) return { outcome: 'fetched', bytes: upTo(answer, maxBytes) };
  answer.resume();
  const seconds = Number(answer.headers['retry-after']);
  if (status === 429 || status >= 500)
    return again(`HTTP ${status}`, seconds > 0 ? Math.min(seconds, 600) * 1000 : AGAIN_MS);
  return refused(`HTTP ${status}`);
}

const fresh = z.object({
  refreshed_urls: z.array(z.object({ original: z.string(), refreshed: z.string() })),
});

/** A fresh link (Refresh attachment URLs: the only way for a file whose message is not known). */
async function refreshed({ api }: Fetching, link: string): Promise<string | undefined> {
  const answer = await api.post('/attachments/refresh-urls', { body: { attachment_urls: [link] } });
  const found = fresh.parse(answer).refreshed_urls[0]?.refreshed;
  return found === link ? undefined : found;
}
