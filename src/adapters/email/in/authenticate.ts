/** The only file that knows mailauth. */
import { authenticate } from 'mailauth';
import type { Handover } from './model.ts';

/** Asks DNS for the records of a name. Rejects as `node:dns` does. */
export type Resolve = (name: string, type: string) => Promise<string[][] | string[]>;

/** SPF, DKIM and DMARC of a mail as it came (RFC 7208, 6376, 7489): true for an aligned pass. Never rejects: what cannot be found out is no pass. */
export async function passesDmarc(
  raw: Uint8Array,
  { ip, helo, sender }: Handover,
  resolve: Resolve,
): Promise<boolean> {
  try {
    const { dmarc } = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
      // Without them SPF finds nothing; headers that say it are not believed.
      ...(ip !== undefined && {
        ip,
        ...(helo !== undefined && { helo }),
        ...(sender !== undefined && { sender }),
      }),
      trustReceived: false,
      mta: 'desk.invalid',
      resolver: resolve,
      disableArc: true,
      disableBimi: true,
      rejectRsaSha1: true,
    });
    return dmarc !== false && dmarc?.status?.result === 'pass';
  } catch {
    return false;
  }
}
