import { InputFile, InputMediaBuilder } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import { closeAll, open, refusal } from './world.ts';

afterEach(closeAll);

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const file = (name: string, text = 'content') => ({ name, bytes: Buffer.from(text) });
/** The 20 MB that bots may download, in bytes. */
const DOWNLOAD = 20 * 1024 * 1024;

test('pictures come as one album with the words at the first, documents as another', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  await ana.says('look', undefined, [file('a.jpg'), file('b.png'), file('trace.log')]);
  const messages = (await api.getUpdates()).map(({ message }) => message);
  expect(messages).toMatchObject([
    { caption: 'look', photo: [{ width: 90 }, { width: 1280 }] },
    { photo: [{}, {}] },
    { document: { file_name: 'trace.log', mime_type: 'text/plain' } },
  ]);
  expect(messages[0]?.media_group_id).toBe(messages[1]?.media_group_id);
  expect(messages[0]?.media_group_id).toMatch(/^\d+$/);
  expect(messages[2]?.media_group_id).toBeUndefined();
  expect(messages[1]?.caption).toBeUndefined();
});

test('voice and video are what they are', async () => {
  const { telegram, api } = await open();
  await telegram.person('ana').says('', undefined, [file('note.ogg'), file('clip.mp4')]);
  expect((await api.getUpdates()).map(({ message }) => message)).toMatchObject([
    { voice: { mime_type: 'audio/ogg' } },
    { video: { file_name: 'clip.mp4' } },
  ]);
});

test('a file is had by its link for an hour, with the token only, and up to 20 MB', async () => {
  const { telegram, api, clock } = await open();
  const ana = telegram.person('ana');
  await ana.sendsDocument('trace.log', Buffer.from('hop 1'));
  await ana.sendsDocument('huge.bin', Buffer.alloc(DOWNLOAD + 1));
  const [small, huge] = (await api.getUpdates()).map(({ message }) => message?.document?.file_id ?? '');
  expect(await refusal(api.getFile(huge ?? ''))).toBe('Bad Request: file is too big');
  const { file_path = '' } = await api.getFile(small ?? '');
  const get = (token: string) => fetch(`${telegram.url}/file/bot${token}/${file_path}`);
  expect(await (await get(telegram.botToken)).text()).toBe('hop 1');
  expect((await get(telegram.botToken.replace('A', 'B'))).status).toBe(404);
  expect(telegram.requests.at(-1)?.path).toBe(`/file/${file_path}`);
  clock.pass(3_600_001);
  expect((await get(telegram.botToken)).status).toBe(404);
});

test('an album of the bot is all or nothing, 2 to 10, and documents stay among themselves', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  await ana.starts();
  const to = ana.id;
  const document = (name: string) => InputMediaBuilder.document(new InputFile(Buffer.from('x'), name));
  const photo = InputMediaBuilder.photo(new InputFile(png, 'a.png'));
  const sent = await api.sendMediaGroup(to, [document('a.txt'), document('b.txt')]);
  expect(sent.map(message => 'document' in message && message.document.file_name)).toEqual([
    'a.txt',
    'b.txt',
  ]);
  const [one, two] = sent.map(message => 'media_group_id' in message && message.media_group_id);
  expect(one).toBe(two);
  expect(await refusal(api.sendMediaGroup(to, [document('a.txt')]))).toContain('Wrong number of items');
  expect(await refusal(api.sendMediaGroup(to, [document('a.txt'), photo] as never))).toContain(
    "can't be mixed",
  );
  expect(await refusal(api.sendPhoto(to, new InputFile(Buffer.from('<html>'), 'a.png')))).toContain(
    'IMAGE_PROCESS_FAILED',
  );
  expect(await refusal(api.sendDocument(to, new InputFile(Buffer.alloc(0), 'a.txt')))).toContain(
    'file must be non-empty',
  );
});
