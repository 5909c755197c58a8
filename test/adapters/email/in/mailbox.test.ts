import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type ImapSettings, openFolder } from '../../../../src/adapters/email/in/imap.ts';
import { createTokens } from '../../../../src/adapters/email/in/oauth.ts';
import type { Inbound, Wrote } from '../../../../src/core/index.ts';
import { type MailSimulator, startMail } from '../../../../src/simulator/mail/index.ts';
import { keptLog } from '../../../harness/desk.ts';
import { NOON } from '../desk.ts';
import { openDoors, raw } from './kit.ts';

const always = { hold: async () => true, release: async () => undefined };

async function mailbox(options: Parameters<typeof startMail>[0] = {}): Promise<MailSimulator> {
  const mail = await startMail(options);
  onTestFinished(() => mail.stop());
  return mail;
}

const settingsOf = (mail: MailSimulator, more: Partial<ImapSettings> = {}): ImapSettings => ({
  host: '127.0.0.1',
  port: Number(new URL(mail.imapUrl).port),
  secure: false,
  tls: 'off',
  user: mail.house.user,
  password: mail.house.pass,
  folders: ['INBOX'],
  ...more,
});

/** The adapter reads the mailbox; `take` is the desk. */
async function reads(
  mail: MailSimulator,
  take: (inbound: Inbound) => Promise<void>,
  { imap, right = always }: { imap?: Partial<ImapSettings>; right?: typeof always } = {},
) {
  const doors = await openDoors({
    mailbox: { imap: settingsOf(mail, imap), right },
    authservId: 'mx.desk.example',
  });
  const listener = await doors.channel.listen?.(async inbound => {
    await take(inbound);
    return { type: 'nothing' };
  });
  onTestFinished(async () => listener?.stop());
  return { doors, stop: async () => listener?.stop() };
}

const flagsOf = (mail: MailSimulator, folder = 0): string[][] =>
  mail.house.folders[folder]?.mails.map(({ flags }) => [...flags]) ?? [];

test('what is there and what comes is taken, from all folders, and marked once it is in the database', async () => {
  const mail = await mailbox({
    house: { address: 'support@desk.example', user: 'u', pass: 'p', folders: ['Billing'] },
  });
  await mail.person('ana').writes({ subject: 'one', text: 'first' });
  const heard: string[] = [];
  const gate = Promise.withResolvers<void>();
  await reads(
    mail,
    async inbound => {
      await gate.promise;
      heard.push((inbound as Wrote).text);
    },
    { imap: { folders: ['INBOX', 'Billing'] } },
  );
  expect(flagsOf(mail)).toEqual([[]]);
  gate.resolve();
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['first']);
  mail.house.put(Buffer.from(raw('second')), 'Billing');
  await mail.person('ana').writes({ subject: 'three', text: 'third' });
  await expect.poll(() => heard.toSorted(), { timeout: 10_000 }).toEqual(['first', 'second', 'third']);
  await expect
    .poll(() => [...flagsOf(mail), ...flagsOf(mail, 1)], { timeout: 10_000 })
    .toEqual([['\\Seen'], ['\\Seen'], ['\\Seen']]);
});

test('one that cannot be taken does not stop the rest; it is tried again, and in the end set aside with the mail as its file', {
  timeout: 60_000,
}, async () => {
  const mail = await mailbox();
  const heard: Wrote[] = [];
  const { doors } = await reads(mail, async inbound => {
    const letter = inbound as Wrote;
    if (letter.subject === 'poison' && !letter.unreadable) throw new Error('this one never works');
    heard.push(letter);
  });
  await mail.person('eve').writes({ subject: 'poison', text: 'x' });
  for (let nth = 0; nth < 5; nth++) {
    await mail.person('ana').writes({ subject: `fine ${nth}`, text: 'y' });
    await expect
      .poll(() => heard.filter(({ subject }) => subject.startsWith('fine')).length, { timeout: 10_000 })
      .toBe(nth + 1);
  }
  await expect
    .poll(() => heard.find(({ subject }) => subject === 'poison')?.unreadable, { timeout: 20_000 })
    .toBe(true);
  await expect.poll(() => flagsOf(mail)[0], { timeout: 10_000 }).toEqual(['\\Seen', '\\Flagged']);
  expect(doors.log.lines.filter(line => line.includes('could not be taken')).length).toBeGreaterThan(1);
});

test('a database that is away leaves all mail unmarked; what was taken then is nobody’s fault', async () => {
  const mail = await mailbox();
  let away = true;
  const heard: Wrote[] = [];
  await mail.person('ana').writes({ subject: 'a', text: 'x' });
  const { stop } = await reads(mail, async inbound => {
    if (away) throw new Error('the database is away');
    heard.push(inbound as Wrote);
  });
  await expect.poll(() => mail.requests.some(({ method }) => method === 'IMAP UID FETCH')).toBe(true);
  expect(flagsOf(mail)).toEqual([[]]);
  await stop();
  away = false;
  await reads(mail, async inbound => void heard.push(inbound as Wrote));
  await expect
    .poll(() => heard.map(({ unreadable }) => unreadable), { timeout: 10_000 })
    .toEqual([undefined]);
});

test('waiting for mail leaves nothing behind at the signal that ends it, and ends with it', async () => {
  const mail = await mailbox();
  const folder = await openFolder(settingsOf(mail), 'INBOX', { log: keptLog() });
  onTestFinished(() => folder.close());
  const ended = new AbortController();
  for (let nth = 0; nth < 20; nth++) await folder.wait(1, ended.signal);
  expect(getEventListeners(ended.signal, 'abort')).toHaveLength(0);
  const waiting = folder.wait(600_000, ended.signal);
  ended.abort();
  await waiting;
});

test('who has not the right does not even connect', async () => {
  const mail = await mailbox();
  await mail.person('ana').writes({ subject: 'a', text: 'x' });
  const heard: Inbound[] = [];
  await reads(mail, async inbound => void heard.push(inbound), {
    right: { ...always, hold: async () => false },
  });
  expect(mail.requests.filter(({ method }) => method.startsWith('IMAP'))).toEqual([]);
  expect(heard).toEqual([]);
});

test('a connection that breaks is made again, and a login that is refused is said without its password', async () => {
  const mail = await mailbox();
  mail.addFault({ match: /^UID SEARCH/, kind: 'refuse-connection' });
  const heard: Inbound[] = [];
  await mail.person('ana').writes({ subject: 'a', text: 'x' });
  await reads(mail, async inbound => void heard.push(inbound));
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
  const { doors } = await reads(mail, async () => undefined, { imap: { password: 'a-wrong-password' } });
  expect(doors.log.lines.join('\n')).toMatch(/the mailbox cannot be read/);
  expect(doors.log.lines.join('\n')).not.toContain('a-wrong-password');
  expect((await doors.channel.check?.())?.find(({ what }) => what.includes('folder INBOX'))).toMatchObject({
    ok: false,
    mend: expect.stringContaining('refused the login'),
  });
});

test('an access token logs in, too: it is asked for with the refresh token, and used until shortly before its end', async () => {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', chunk => (body += chunk));
    incoming.on('end', () => {
      asked.push(body);
      const good = body.includes('refresh_token=long-lived');
      outgoing.writeHead(good ? 200 : 400, { 'content-type': 'application/json' });
      outgoing.end(
        JSON.stringify(good ? { access_token: 'short-lived', expires_in: 3600 } : { error: 'invalid_grant' }),
      );
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await expect.poll(() => server.listening).toBe(true);
  const oauth = {
    tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    clientId: 'desk',
    refreshToken: 'long-lived',
  };
  const mail = await mailbox({
    house: { address: 'support@desk.example', user: 'u', pass: 'p', token: 'short-lived' },
  });
  const heard: Inbound[] = [];
  await mail.person('ana').writes({ subject: 'a', text: 'x' });
  await reads(mail, async inbound => void heard.push(inbound), { imap: { oauth, password: '' } });
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
  let now = NOON.getTime();
  const token = createTokens(oauth, () => new Date(now));
  expect([await token(), await token()]).toEqual(['short-lived', 'short-lived']);
  expect(asked).toHaveLength(2);
  now += 3_590_000;
  await token();
  expect(asked).toHaveLength(3);
  await expect(createTokens({ ...oauth, refreshToken: 'gone' }, () => NOON)()).rejects.toThrow(
    'answered 400',
  );
});
