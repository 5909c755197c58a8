import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameFor } from '../../../src/adapters/slack/files.ts';
import type { Fetched, Outbound, OutboundFile, Receipt } from '../../../src/core/index.ts';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, form, startDesk } from './desk.ts';

let desk: Desk;
let ana: SlackPerson;
let address: string;
let root: string;

beforeEach(async () => {
  desk = await startDesk();
  ana = desk.sim.person('ana');
  const receipt = await desk.channel.openThread?.({
    ...outbound({ id: '1' }),
    title: '#1 Mail',
    mark: '#1',
    person: { space: desk.sim.teamId, externalId: ana.id },
  });
  if (receipt?.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
  address = receipt.address ?? '';
  root = receipt.ref ?? '';
});
afterEach(async () => {
  expect(JSON.stringify(desk.logged)).not.toContain(desk.sim.botToken);
  await desk.stop();
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const outbound = (over: Partial<Outbound> = {}): Outbound => ({
  id: '77',
  class: 'reply',
  text: 'Hello',
  buttons: [],
  ...over,
});
const given = (name: string, text = name): OutboundFile => ({
  name,
  type: 'text/plain',
  size: bytes(text).length,
  read: async () => bytes(text),
});
/** The thread of the ticket, once somebody has written in it. */
const threadOf = (person: SlackPerson) => person.screen().places.find(({ kind }) => kind === 'thread');
async function contentOf(fetched: Fetched | undefined): Promise<string> {
  if (fetched?.outcome !== 'fetched') throw new Error(JSON.stringify(fetched));
  const pieces: Uint8Array[] = [];
  for await (const piece of fetched.bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
const fetch = (source: string, max = 1000) => desk.channel.fetchFile?.({ source, name: 'x' }, max);
async function sent(text: string, ...names: string[]): Promise<string[]> {
  const said = desk.hears('said');
  const chat = address.split('/')[0] ?? '';
  await ana.says(
    text,
    chat,
    names.map(name => ({ name, bytes: bytes(`in ${name}`) })),
  );
  return ((await said).files ?? []).map(({ source }) => source);
}

describe('files that people send', () => {
  it('come with the message, and are fetched with the token', async () => {
    const said = desk.hears('said');
    await ana.repliesTo(root, 'first');
    await said;
    const place = threadOf(ana)?.id;
    const heard = desk.hears('said');
    await ana.says('see', place, [
      { name: 'mail log.txt', bytes: bytes('lost') },
      { name: '../<x>.png', bytes: bytes('png') },
    ]);
    const { files, text, ref } = await heard;
    expect(text).toBe('see');
    expect(ref).toBeTruthy();
    expect(files).toEqual([
      { source: expect.stringMatching(/^F/), name: 'mail log.txt', size: 4 },
      { source: expect.stringMatching(/^F/), name: '../<x>.png', size: 3 },
    ]);
    expect(await contentOf(await fetch(files?.[0]?.source ?? ''))).toBe('lost');
  });

  it('come alone, without a word', async () => {
    const [source] = await sent('', 'a.txt');
    expect(desk.heard.at(-1)).toMatchObject({ type: 'said', text: '', direct: true });
    expect(await contentOf(await fetch(source ?? ''))).toBe('in a.txt');
  });

  it('come with the form', async () => {
    desk.answer = () => ({ type: 'form', form: form() });
    await ana.says('/ticket', 'support');
    await ana.sees('New ticket');
    await ana.attaches([{ name: 'shot.png', bytes: bytes('png') }]);
    desk.answer = () => ({ type: 'nothing' });
    await ana.fills({ Subject: 'Mail', 'What happens?': 'Down', Priority: 'Regular' });
    await desk.sim.settled();
    const submitted = desk.hears('submitted');
    await ana.submits();
    const { files, values } = await submitted;
    expect(files).toMatchObject([{ name: 'shot.png', size: 3 }]);
    expect(values).not.toHaveProperty('files');
    expect(await contentOf(await fetch(files?.[0]?.source ?? ''))).toBe('png');
  });

  it('a form opens without the field where the app may not read files', async () => {
    desk.sim.addFault({ match: /views\.open/, kind: 'platform-error', code: 'invalid_arguments' });
    desk.answer = () => ({ type: 'form', form: form() });
    await ana.says('/ticket', 'support');
    await ana.sees('New ticket');
    expect(ana.screen().modal?.fields.some(({ kind }) => kind === 'files')).toBe(false);
    expect(desk.logged.join()).toContain('files:read');
  });

  it('end with an error when they are larger than is taken', async () => {
    const [source] = await sent('', 'a.txt');
    await expect(contentOf(await fetch(source ?? '', 3))).rejects.toThrow('too large');
  });

  it.each([
    ['platform-error', 'file_deleted', 'refused'],
    ['platform-error', 'missing_scope', 'retry'],
    ['platform-error', 'ratelimited', 'retry'],
  ] as const)('%s %s is %s', async (kind, code, outcome) => {
    const [source] = await sent('', 'a.txt');
    desk.sim.addFault({ match: /files\.info/, kind, code });
    expect(await fetch(source ?? '')).toMatchObject({ outcome });
  });

  it.each([
    [404, 'refused'],
    [429, 'retry'],
    [503, 'retry'],
    [302, 'refused'],
  ] as const)('HTTP %d is %s', async (status, outcome) => {
    const [source] = await sent('', 'a.txt');
    desk.sim.addFault({ match: /files-pri/, kind: 'status', status, retryAfterSeconds: 7 });
    expect(await fetch(source ?? '')).toMatchObject(
      status === 429 ? { outcome, afterMs: 7000 } : { outcome },
    );
  });

  it('a broken line is tried again, and what is no file of Slack is none', async () => {
    const [source] = await sent('', 'a.txt');
    desk.sim.addFault({ match: /files-pri/, kind: 'refuse-connection' });
    expect(await fetch(source ?? '')).toMatchObject({ outcome: 'retry' });
    expect(await fetch('https://evil.example/x')).toMatchObject({ outcome: 'refused' });
    expect(await fetch('F0NOTHERE')).toMatchObject({ outcome: 'refused' });
  });
});

describe('files that the desk sends', () => {
  const deliver = (over: Partial<Outbound>): Promise<Receipt> =>
    desk.channel.deliver(outbound(over), address);
  const shown = () => threadOf(ana)?.messages.flatMap(({ files = [] }) => files.map(({ name }) => name));

  it('stand in the thread with their text, under their own names, and can be taken back', async () => {
    const files = [given('Invoice 7.pdf'), given('log.txt')];
    const receipt = await deliver({ text: 'Two **files** <!channel>', files });
    expect(receipt).toMatchObject({ outcome: 'delivered', ref: expect.any(String) });
    expect(shown()).toEqual(['Invoice 7.pdf', 'log.txt']);
    await ana.sees('Two files <!channel>');
    expect(desk.sim.pings).toEqual([]);
    const ref = receipt.outcome === 'delivered' ? (receipt.ref ?? '') : '';
    await desk.channel.remove?.(address, ref);
    expect(shown() ?? []).toEqual([]);
  });

  it('stand there alone where there is no text', async () => {
    expect(await deliver({ text: '', files: [given('log.txt')] })).toMatchObject({ outcome: 'delivered' });
    expect(shown()).toEqual(['log.txt']);
  });

  it.each([
    ['files.getUploadURLExternal', 'lose-answer', 'retry'],
    ['/upload/v1', 'lose-answer', 'retry'],
    ['/upload/v1', 'status', 'retry'],
    ['files.completeUploadExternal', 'refuse-connection', 'unknown'],
    ['files.completeUploadExternal', 'lose-answer', 'unknown'],
  ] as const)('%s, %s: %s, and it can be found whether they are there', async (match, kind, outcome) => {
    desk.sim.addFault({ match: new RegExp(match), kind });
    const files = [given('log.txt')];
    expect(await deliver({ text: '', files })).toMatchObject({ outcome });
    const lookup = {
      ...({ id: '77', kind: 'post', mark: '', to: address } as const),
      ...{ person: undefined, near: undefined, since: new Date(), others: [] },
    };
    const isThere = kind === 'lose-answer' && outcome === 'unknown';
    expect(await desk.channel.find?.(lookup)).toMatchObject({ outcome: isThere ? 'delivered' : 'absent' });
    if (isThere) return;
    expect(await deliver({ text: '', files })).toMatchObject({ outcome: 'delivered' });
    expect(shown()).toEqual(['log.txt']);
  });

  it('are sent though Slack does not say yet in which message they are', async () => {
    desk.sim.addFault({ match: /files\.info/, kind: 'status', status: 500 });
    expect(await deliver({ files: [given('log.txt')] })).toEqual({ outcome: 'delivered', ref: undefined });
  });

  it.each([
    ['log.txt', 'log-77.txt'],
    ['archive.tar.gz', 'archive.tar-77.gz'],
    ['README', 'README-77'],
    ['.env', '.env-77'],
  ])('%s is kept as %s', (name, kept) => expect(nameFor(given(name), '77')).toBe(kept));
});
