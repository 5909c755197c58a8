import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { configFor, type MailDesk, message, startMailDesk } from './desk.ts';

const SECRET = 'p@ss:w/rd-very-secret';
const auth = { user: 'desk', pass: SECRET };

let desk: MailDesk | undefined;
afterEach(async () => {
  await desk?.stop();
  desk = undefined;
});

const send = (more = {}) =>
  (desk as MailDesk).channel.deliver(message('1', 'Hello', more), 'ana@example.com');
const login =
  (password: string, more = {}) =>
  (mail: { readonly url: string }) => ({
    smtp: { ...configFor(mail, { info() {}, warn() {}, error() {} }).smtp, user: 'desk', password, ...more },
  });

test('with a login it is let in; a wrong one stops all mail for a while, and is said without the password', async () => {
  desk = await startMailDesk({ auth }, login(SECRET));
  expect(await send()).toMatchObject({ outcome: 'delivered' });
  await desk.stop();
  desk = await startMailDesk({ auth }, login(`${SECRET}-old`));
  const receipt = await send();
  expect(receipt).toMatchObject({
    outcome: 'retry',
    scope: 'bot',
    why: expect.stringContaining('535 5.7.8'),
  });
  expect(desk.log.lines).toEqual([expect.stringContaining('EAUTH')]);
  expect(JSON.stringify([receipt, desk.log.lines, await desk.channel.check?.()])).not.toContain(
    'very-secret',
  );
});

/** OpenSSL of the machine makes the certificate; without it these are skipped. */
const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)('over TLS (skipped where there is no openssl)', () => {
  let folder: string;
  let tls: { key: string; cert: string };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchdesk-tls-'));
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
    const how = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
    ];
    execFileSync('openssl', [...how, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('STARTTLS, when required, secures the login and the mail', async () => {
    desk = await startMailDesk({ auth, tls }, login(SECRET, { tls: 'required', ca: tls.cert }));
    expect(await send()).toMatchObject({ outcome: 'delivered' });
    expect(await desk.channel.check?.()).toContainEqual({
      what: expect.stringMatching(/takes us \(STARTTLS, logged in\)$/),
      ok: true,
    });
  });

  test('smtps is TLS from the first byte', async () => {
    desk = await startMailDesk({ tls, secure: true }, mail => ({
      smtp: { ...configFor(mail, { info() {}, warn() {}, error() {} }).smtp, ca: tls.cert },
    }));
    expect(await send()).toMatchObject({ outcome: 'delivered' });
  });

  test('a certificate that nobody vouches for is refused, and so is a server without STARTTLS; nothing is sent in the clear', async () => {
    desk = await startMailDesk({ auth, tls }, login(SECRET, { tls: 'required' }));
    expect(await send()).toMatchObject({ outcome: 'retry', scope: 'bot' });
    await desk.stop();
    desk = await startMailDesk({ auth }, login(SECRET, { tls: 'required' }));
    expect(await send()).toMatchObject({ outcome: 'retry', scope: 'bot' });
    expect(desk.mail.requests.map(({ method }) => method)).toEqual(['CONNECT']);
  });
});

describe('DKIM', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const recordOf = ({ publicKey } = keys): string =>
    `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const dkim = {
    domain: 'desk.example',
    selector: 'desk1',
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };

  test('a mail is signed, with the heads that RFC 8058 wants signed', async () => {
    desk = await startMailDesk({}, { dkim });
    await send({ unsubscribe: 'https://desk.example/unsubscribe/x', text: 'Zażółć gęślą jaźń' });
    const [mail] = desk.mail.person('ana').mailbox();
    const asked: string[] = [];
    const resolver = async (name: string): Promise<string[][]> => {
      asked.push(name);
      return [[recordOf()]];
    };
    const { results } = await dkimVerify(Buffer.from(mail?.raw ?? []), { resolver });
    expect(results.map(({ status }) => status.result)).toEqual(['pass']);
    expect(asked).toEqual(['desk1._domainkey.desk.example']);
    const signed = mail?.headers.find(({ name }) => name === 'dkim-signature')?.value ?? '';
    const heads = (/\bh=([^;]*)/.exec(signed)?.[1] ?? '').toLowerCase().replace(/\s/g, '').split(':');
    for (const name of [
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ])
      expect(heads).toContain(name);
  });

  test('a mail that was changed on its way does not pass: the test can fail', async () => {
    desk = await startMailDesk({}, { dkim });
    await send();
    const raw = Buffer.from(desk.mail.person('ana').mailbox()[0]?.raw ?? [])
      .toString()
      .replace('Hello', 'Hallo');
    const { results } = await dkimVerify(Buffer.from(raw), { resolver: async () => [[recordOf()]] });
    expect(results.map(({ status }) => status.result)).not.toContain('pass');
  });

  const said = async (txt: Readonly<Record<string, string>>, code = 'ENOTFOUND') => {
    desk = await startMailDesk(
      {},
      {
        dkim,
        resolveTxt: async name => {
          const record = txt[name];
          if (record === undefined) throw Object.assign(new Error(name), { code });
          return [[record.slice(0, 100), record.slice(100)]];
        },
      },
    );
    return (await desk.channel.check?.()) ?? [];
  };

  test('the check finds our key, SPF and DMARC in DNS', async () => {
    const findings = await said({
      'desk1._domainkey.desk.example': recordOf(),
      'desk.example': 'v=spf1 mx -all',
      '_dmarc.desk.example': 'v=DMARC1; p=none',
    });
    expect(findings.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  test('what is not in DNS is told with the record to publish; another key is not ours', async () => {
    const findings = await said({
      'desk1._domainkey.desk.example': recordOf(generateKeyPairSync('rsa', { modulusLength: 2048 })),
    });
    expect(findings.map(({ ok }) => ok)).toEqual([true, false, false, false]);
    expect(findings[1]?.mend).toContain(
      `Publish a TXT record at desk1._domainkey.desk.example: ${recordOf()}`,
    );
    expect(findings[2]?.mend).toContain('v=spf1');
    expect(findings[3]?.mend).toContain('_dmarc.desk.example');
  });

  test('where DNS cannot be asked, nothing is held against anybody', async () => {
    const findings = await said({}, 'ESERVFAIL');
    expect(findings.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(findings[1]?.what).toContain('not looked at');
  });
});

test('the check says what to mend: no server, a wrong login, no SMTP', async () => {
  const resolveTxt = async () => Promise.reject(Object.assign(new Error(), { code: 'ESERVFAIL' }));
  desk = await startMailDesk({ auth }, mail => ({ ...login('wrong')(mail), resolveTxt }));
  expect((await desk.channel.check?.())?.[0]).toMatchObject({
    ok: false,
    mend: expect.stringContaining('SMTP_URL'),
  });
  await desk.mail.stop();
  expect((await desk.channel.check?.())?.[0]).toMatchObject({
    ok: false,
    mend: expect.stringContaining('cannot be reached'),
  });
});

test('nothing comes in by HTTP', async () => {
  desk = await startMailDesk();
  const received = await desk.channel.receive({ headers: {}, body: '', now: new Date() });
  expect(received).toMatchObject({ verified: false, response: { status: 404 } });
});
