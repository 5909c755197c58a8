import {
  type Inbound,
  type InboundFile,
  isBlank,
  literal,
  type Received,
  type Uploads,
} from '../../core/index.ts';
import type { WebchatConfig } from './config.ts';
import { type Guest, senderOf } from './identify.ts';
import type { Deed } from './protocol.ts';

/** Refuses every request of a webhook: bubbles come by their own door, `front.ts`. */
export function receive(): Received {
  return { verified: false, response: { status: 404 }, why: 'bubbles do not come by a webhook' };
}

/** What the reading of deeds depends on. */
export interface Reading {
  readonly uploads: Uploads;
  readonly files: WebchatConfig['files'];
  readonly now: () => Date;
}

/** A deed as core hears it; undefined for one that is about nothing, or about files that are not this guest's. */
export async function inboundOf(
  deed: Exclude<Deed, { t: 'seen' }>,
  guest: Guest,
  lang: string | undefined,
  reading: Reading,
): Promise<Inbound | undefined> {
  const base = { at: reading.now(), from: senderOf(guest, lang), place: guest.id } as const;
  switch (deed.t) {
    case 'say': {
      const files = await filesOf(deed, guest, reading);
      if (files === undefined || (isBlank(deed.text) && files.length === 0)) return undefined;
      const text = isBlank(deed.text) ? '' : literal(deed.text);
      return {
        type: 'said',
        ...base,
        eventId: `${guest.id}:say:${deed.key}`,
        direct: true,
        ref: deed.key,
        text,
        ...(files.length > 0 && { files }),
      };
    }
    case 'press': {
      const { action, ref, values } = deed;
      return {
        type: 'pressed',
        ...base,
        eventId: `${guest.id}:press:${deed.key}`,
        direct: false,
        action,
        ...(ref !== undefined && { ref: String(ref) }),
        values,
      };
    }
    case 'submit': {
      const { page, draft, values } = deed;
      return { type: 'submitted', ...base, eventId: `${guest.id}:submit:${deed.key}`, page, draft, values };
    }
  }
}

/** Only what this guest has uploaded can go with their words; the size is what came, and not what was said of it. */
async function filesOf(
  { files }: Extract<Deed, { t: 'say' }>,
  { id: owner }: Guest,
  { uploads, files: { perMessage } }: Reading,
): Promise<InboundFile[] | undefined> {
  if (files.length > perMessage) return undefined;
  const sizes = await Promise.all(files.map(({ id }) => uploads.sizeOf(owner, id)));
  const found = files.flatMap(({ id, name }, index) => {
    const size = sizes[index];
    return size === undefined ? [] : [{ source: id, name, size }];
  });
  return found.length === files.length ? found : undefined;
}
