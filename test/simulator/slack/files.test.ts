import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientFor, refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;
beforeEach(async () => {
  on = await stage();
});
afterEach(() => on.stop());

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const shared = () => on.desk.events.find(({ subtype }) => subtype === 'file_share') ?? {};

async function shares(where: string): Promise<{ id: string; url_private: string }> {
  await on.slack.person('ana').says('see', where, [{ name: 'Mail log.txt', bytes: bytes('lost') }]);
  await on.slack.settled();
  const [file] = shared().files as { id: string; url_private: string }[];
  if (!file) throw new Error('there is no file');
  return file;
}

describe('files of people', () => {
  test('come as a message of their own kind, and are read with the token only', async () => {
    const { id, url_private: url } = await shares('support');
    expect(shared()).toMatchObject({
      text: 'see',
      files: [{ id, name: 'Mail log.txt', mimetype: 'text/plain', size: 4, mode: 'hosted' }],
    });
    const { file } = await on.client.files.info({ file: id });
    expect(file?.url_private).toBe(url);
    const authorization = `Bearer ${on.slack.botToken}`;
    const got = await fetch(url, { headers: { authorization } });
    expect(await got.text()).toBe('lost');
    const stranger = await fetch(url, { redirect: 'manual' });
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('redir'),
    ]);
  });

  test('are not for the app where it is not', async () => {
    await on.slack.person('ana').says('', 'random', [{ name: 'a.txt', bytes: bytes('x') }]);
    const known = on.slack
      .person('ana')
      .screen()
      .places.find(({ title }) => title === '#random');
    const id = /files-seen\/(F\w+)\//.exec(known?.messages[0]?.files?.[0]?.url ?? '')?.[1] ?? '';
    expect(await refusal(on.client.files.info({ file: id }))).toMatchObject({ error: 'file_not_found' });
  });

  test('need the scope', async () => {
    const { id } = await shares('support');
    await on.stop();
    on = await stage({ scopes: ['chat:write'] });
    expect(await refusal(on.client.files.info({ file: id }))).toMatchObject({ error: 'missing_scope' });
  });
});

describe('files of the app', () => {
  const upload = async (length: number, body: Uint8Array<ArrayBuffer>) => {
    const asked = await on.client.files.getUploadURLExternal({ filename: 'a.txt', length });
    const { status } = await fetch(asked.upload_url ?? '', { method: 'POST', body });
    return { id: asked.file_id ?? '', status };
  };

  test('are uploaded in three steps, and only then exist', async () => {
    const channel = on.slack.channelId('support');
    const { id, status } = await upload(3, bytes('abc'));
    expect(status).toBe(200);
    expect(await refusal(on.client.files.info({ file: id }))).toMatchObject({ error: 'file_not_found' });
    const complete = () =>
      on.client.files.completeUploadExternal({ files: [{ id, title: 'A' }], channel_id: channel });
    await complete();
    const messages = on.slack
      .person('ana')
      .screen()
      .places.find(place => place.id === channel)?.messages;
    expect(messages?.at(-1)?.files).toMatchObject([{ name: 'A', size: 3 }]);
    const { file } = await on.client.files.info({ file: id });
    expect(file?.shares?.private?.[channel]).toEqual([{ ts: messages?.at(-1)?.id }]);
    expect(await refusal(complete())).toMatchObject({ error: 'file_not_found' });
  });

  test('are as long as was said, and were there before they are shared', async () => {
    expect((await upload(4, bytes('abc'))).status).toBe(400);
    const asked = await on.client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    const early = on.client.files.completeUploadExternal({ files: [{ id: asked.file_id ?? '' }] });
    expect(await refusal(early)).toMatchObject({ error: 'file_not_found' });
  });

  test("the SDK's own way to upload works", async () => {
    const client = clientFor(on.slack);
    const channel_id = on.slack.channelId('support');
    await client.filesUploadV2({ channel_id, filename: 'b.txt', file: Buffer.from('hello'), title: 'B' });
    await on.slack
      .person('ana')
      .watches(
        ({ places }) => places.some(({ messages }) => messages.some(one => one.files?.[0]?.name === 'B')),
        'the file',
      );
  });
});
