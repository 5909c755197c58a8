import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Channel, Fetched, Limits, Receipt } from '../channel/index.ts';
import { WEB } from '../channel/index.ts';

/** The name of a file that was put into a form: made by us, and nothing else ever becomes a path. */
export const UPLOAD = /^[0-9a-f]{32}$/;

/** Where files lie that were put into forms, until they are judged. */
export function uploadsIn(spool: string): string {
  return join(spool, '..', 'uploads');
}

const limits: Limits = {
  text: 100_000,
  measure: markdown => markdown.length,
  // Its forms are pages of the desk's own, so nothing is asked through the port.
  forms: 'none',
  places: 'per-ticket',
  bot: { perSecond: 10_000, burst: 10_000 },
  place: { perSecond: 10_000, burst: 10_000 },
  resendIsSafe: true,
  files: { count: 50, bytes: 100 * 1024 * 1024 },
};

/**
 * The pages of the desk's own as a channel: whoever opens a ticket there has its conversation there. Nothing is sent, since a page shows what is in the ticket
 * whenever it is looked at; copies go where the contact wants them (`core/preference`).
 *
 * @param at where files that are not judged yet lie, and where the desk is reached; both are read when they are needed
 */
export function createWebChannel(at: { readonly spool: string; readonly publicUrl: string }): Channel {
  const shown = async (): Promise<Receipt> => ({ outcome: 'delivered' });
  return {
    kind: WEB,
    limits,
    receive: async () => ({ verified: false, response: { status: 404 }, why: 'there is no such hook' }),
    deliver: async ({ id }) => ({ outcome: 'delivered', ref: id }),
    openThread: async ({ id, mark }) => ({ outcome: 'delivered', ref: id, address: mark.replace('#', '') }),
    openChat: async ({ externalId }) => ({ outcome: 'delivered', address: `of ${externalId}` }),
    edit: shown,
    remove: shown,
    echo: shown,
    linkTo: address => (/^\d+$/.test(address) ? `${at.publicUrl}/me/tickets/${address}` : undefined),
    fetchFile: async ({ source }) => fetchUpload(join(uploadsIn(at.spool), source), source),
  };
}

async function fetchUpload(path: string, source: string): Promise<Fetched> {
  if (!UPLOAD.test(source)) return { outcome: 'refused', why: 'it is no file of a form' };
  const found = await stat(path).catch(() => undefined);
  return found === undefined
    ? { outcome: 'refused', why: 'it is not there any more' }
    : { outcome: 'fetched', bytes: createReadStream(path) };
}
