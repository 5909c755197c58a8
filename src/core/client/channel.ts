import type { Channel, Fetched, Limits, Receipt } from '../channel/index.ts';
import { WEB } from '../channel/index.ts';
import type { Uploads } from '../file/index.ts';

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
export function createWebChannel(at: { readonly publicUrl: string; uploads(): Uploads }): Channel {
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
    fetchFile: ({ source }) => fetchUpload(at.uploads(), source),
  };
}

async function fetchUpload(uploads: Uploads, source: string): Promise<Fetched> {
  const bytes = await uploads.open(source).catch(() => null);
  if (bytes === null) return { outcome: 'retry', afterMs: 1_000, why: 'it could not be read' };
  return bytes === undefined
    ? { outcome: 'refused', why: 'it is not there any more' }
    : { outcome: 'fetched', bytes };
}
