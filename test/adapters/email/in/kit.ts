import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createEmailChannel,
  type EmailConfig,
  type IncomingConfig,
} from '../../../../src/adapters/email/index.ts';
import { signed } from '../../../../src/adapters/email/sign.ts';
import type { Bounced, Channel, Inbound, Received, Wrote } from '../../../../src/core/index.ts';
import { type KeptLog, keptLog } from '../../../harness/desk.ts';
import { NOON, SECRET } from '../desk.ts';

/** The secret of the raw door. */
export const RAW = 'the-secret-of-the-raw-door';
/** DNS in which there is nothing. */
export const NOTHING = async (): Promise<never> => {
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
};

/** The adapter with its doors, and nothing behind them. */
export interface Doors {
  readonly channel: Channel;
  readonly log: KeptLog;
  readonly spool: string;
  /** Somebody knocks at a door with a body. */
  knocks(
    source: string,
    body: Uint8Array | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Received>;
  /** A mail comes to the raw door, and is taken. */
  takes(raw: Uint8Array | string, headers?: Readonly<Record<string, string>>): Promise<Inbound[]>;
  /** The one letter of a mail. */
  letter(raw: Uint8Array | string, headers?: Readonly<Record<string, string>>): Promise<Wrote>;
}

/** Makes them. */
export async function openDoors(
  incoming: Partial<IncomingConfig> = {},
  more: Partial<EmailConfig> = {},
): Promise<Doors> {
  const spool = await mkdtemp(join(tmpdir(), 'switchdesk-mail-'));
  const log = keptLog();
  const channel = createEmailChannel({
    smtp: { host: '127.0.0.1', port: 1, secure: false, tls: 'off' },
    from: { name: 'Example Support', address: 'support@desk.example' },
    log,
    now: () => NOON,
    secret: async () => SECRET,
    incoming: { spool, sources: { raw: RAW }, resolve: NOTHING, ...incoming },
    ...more,
  });
  onTestFinished(async () => {
    await channel.close?.();
    await rm(spool, { recursive: true, force: true });
  });
  const doors: Doors = {
    channel,
    log,
    spool,
    async knocks(source, body, headers = {}) {
      const door = channel.receiveFrom?.({ source, headers, now: NOON });
      if (door === undefined) throw new Error('there are no doors');
      if (!door.open) return { verified: false, response: door.response, why: door.why };
      return door.read(typeof body === 'string' ? Buffer.from(body) : body);
    },
    async takes(raw, headers = {}) {
      const received = await doors.knocks('raw', raw, { authorization: `Bearer ${RAW}`, ...headers });
      if (!received.verified) throw new Error(`it was not taken: ${received.why}`);
      return [...received.inbound];
    },
    async letter(raw, headers) {
      const [first, ...rest] = await doors.takes(raw, headers);
      if (first?.type !== 'wrote' || rest.length > 0) throw new Error('it is not one letter');
      return first;
    },
  };
  return doors;
}

/** A mail as it is on the wire. */
export function raw(body: string, headers: Readonly<Record<string, string | undefined>> = {}): string {
  const all = {
    From: 'Ana Nowak <ana@example.com>',
    To: 'support@desk.example',
    Subject: 'Server',
    Date: 'Sun, 22 Nov 2026 12:00:00 +0000',
    'Message-ID': '<m1@example.com>',
    ...headers,
  };
  const head = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return `${head.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}`;
}

/** A part of a multipart mail. */
export function multipart(
  type: string,
  parts: readonly string[],
  headers: Parameters<typeof raw>[1] = {},
): string {
  const body = parts.map(part => `--b1\n${part}\n`).join('');
  return raw(`${body}--b1--\n`, {
    'MIME-Version': '1.0',
    'Content-Type': `${type}; boundary=b1`,
    ...headers,
  });
}

/** The Message-ID of a mail of ours, without brackets. */
export function ours(delivery: string, at = NOON): string {
  return `${signed(`d${delivery}.${at.getTime().toString(36)}`, SECRET)}@desk.example`;
}

/** The bounces among events. */
export function bouncesIn(inbound: readonly Inbound[]): Bounced[] {
  return inbound.filter(one => one.type === 'bounced');
}

/** What is fetched of a file of a letter. */
export async function bytesOf({ channel }: Doors, source: string): Promise<Buffer> {
  const fetched = await channel.fetchFile?.({ source, name: '' }, 1e9);
  if (fetched?.outcome !== 'fetched') throw new Error(`it was not fetched: ${JSON.stringify(fetched)}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of fetched.bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
