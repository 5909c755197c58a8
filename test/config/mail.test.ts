import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailEnvironment, readMail } from '../../src/config/mail.ts';
import { readConfig } from '../../src/config.ts';

let folder: string;
const file = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchdesk-mail-'));
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(file('rsa.pem'), rsa.privateKey.export(pem));
  writeFileSync(file('public.pem'), rsa.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(file('ed25519.pem'), generateKeyPairSync('ed25519').privateKey.export(pem));
});
afterAll(() => rmSync(folder, { recursive: true }));

const basic = {
  SMTP_URL: 'smtp://desk:p%40ss%3A%2F@mail.example.com',
  MAIL_FROM: 'Support <support@example.com>',
};
const faultsOf = (env: MailEnvironment): string[] => readMail(env).faults;
const smtpOf = (SMTP_URL: string, more: MailEnvironment = {}) =>
  readMail({ ...basic, SMTP_URL, ...more }).settings?.smtp;

test('nothing set: mail is off, and that is no fault', () => {
  expect(readMail({})).toEqual({ faults: [] });
});

test('a server with a login: STARTTLS is required, signs in the password are read', () => {
  expect(readMail(basic)).toEqual({
    faults: [],
    settings: {
      smtp: {
        host: 'mail.example.com',
        port: 587,
        secure: false,
        tls: 'required',
        user: 'desk',
        password: 'p@ss:/',
      },
      from: { name: 'Support', address: 'support@example.com' },
      dkim: undefined,
      perSecond: undefined,
    },
  });
});

test.each([
  ['smtps://mail.example.com', { port: 465, secure: true }],
  ['smtp://mail.example.com:2525', { port: 2525, secure: false, tls: 'required' }],
  ['smtp://localhost:25', { host: 'localhost', port: 25, tls: 'off' }],
  ['smtp://127.0.0.1', { tls: 'off', port: 587 }],
  ['smtp://[::1]:25', { host: '::1', tls: 'off' }],
])('%s', (url, expected) => expect(smtpOf(url)).toMatchObject(expected));

test('what is asked about encryption counts, but no password goes over the network in the clear', () => {
  expect(smtpOf('smtp://localhost', { SMTP_TLS: 'required' })?.tls).toBe('required');
  expect(smtpOf('smtp://mail.example.com', { SMTP_TLS: 'off' })?.tls).toBe('off');
  expect(faultsOf({ ...basic, SMTP_TLS: 'off' })).toEqual([
    expect.stringContaining('would send the password'),
  ]);
  expect(faultsOf({ ...basic, SMTP_TLS: 'maybe' })).toEqual(['SMTP_TLS is none of required, off.']);
});

test.each([
  ['support@example.com', { name: '', address: 'support@example.com' }],
  ['"Support, Example" <support@example.com>', { name: 'Support, Example', address: 'support@example.com' }],
  ['Żółta Pomoc <a.b+c@mail.example.pl>', { name: 'Żółta Pomoc', address: 'a.b+c@mail.example.pl' }],
])('mail is from %s', (MAIL_FROM, from) =>
  expect(readMail({ ...basic, MAIL_FROM }).settings?.from).toEqual(from),
);

test.each([
  'nobody',
  'a@b',
  'Support <support@example.com>, Eve <eve@example.com>',
  'Support\r\nBcc: eve@example.com <support@example.com>',
  'support@example.com <x>',
  'support@-example.com',
])('%j is no sender', MAIL_FROM => {
  expect(faultsOf({ ...basic, MAIL_FROM })).toEqual([expect.stringMatching(/^MAIL_FROM is no sender/)]);
});

test.each([
  'mail.example.com',
  'http://mail.example.com',
  'smtp://',
  'smtp://u:p#w@h',
  'smtp://u:p/w@h',
  'smtp://h?x=1',
  'smtp://u:%zz@h',
])('%s is no server', SMTP_URL =>
  expect(faultsOf({ ...basic, SMTP_URL })).toEqual([expect.stringMatching(/^SMTP_URL /)]),
);

test('half set up: what is missing is named, everything at once, and no secret is said', () => {
  expect(faultsOf({ SMTP_URL: basic.SMTP_URL })).toEqual([expect.stringContaining('set MAIL_FROM too')]);
  expect(faultsOf({ MAIL_RATE: '3' })).toEqual([expect.stringContaining('set SMTP_URL and MAIL_FROM too')]);
  const all = faultsOf({
    SMTP_URL: 'smtp://desk:TopSecret#1@mail.example.com',
    SMTP_TLS: 'no',
    MAIL_FROM: 'x',
    MAIL_RATE: '-1',
    MAIL_DKIM_SELECTOR: 'a b',
    MAIL_DKIM_DOMAIN: 'x',
  });
  expect(all.map(fault => fault.split(' ')[0])).toEqual([
    'SMTP_TLS',
    'SMTP_URL',
    'MAIL_FROM',
    'DKIM',
    'MAIL_DKIM_SELECTOR',
    'MAIL_DKIM_DOMAIN',
    'MAIL_RATE',
  ]);
  expect(all.join()).not.toContain('TopSecret');
});

test('a DKIM key is read; its domain is the sender’s when not said', () => {
  const MAIL_DKIM_KEY_FILE = file('rsa.pem');
  const { settings } = readMail({ ...basic, MAIL_DKIM_SELECTOR: 'desk1', MAIL_DKIM_KEY_FILE });
  expect(settings?.dkim).toMatchObject({ domain: 'example.com', selector: 'desk1' });
  expect(settings?.dkim?.privateKey).toContain('BEGIN PRIVATE KEY');
});

test.each(['public.pem', 'ed25519.pem', 'nothing.pem'])(
  '%s signs no mail: said at the start, not in the mail',
  name => {
    const faults = faultsOf({ ...basic, MAIL_DKIM_SELECTOR: 'desk1', MAIL_DKIM_KEY_FILE: file(name) });
    expect(faults).toEqual([expect.stringMatching(/^MAIL_DKIM_KEY_FILE: /)]);
    expect(faults.join()).not.toContain('PRIVATE KEY--');
  },
);

test('its faults stand beside all others, and mail alone is no platform', () => {
  const result = readConfig({ SMTP_URL: 'x', SLACK_APP_TOKEN: 'xapp-1' });
  const faults = result.ok ? [] : result.faults;
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^SMTP_URL is none/),
      expect.stringMatching(/^Slack is only half/),
      expect.stringMatching(/^Mail is only half/),
    ]),
  );
  const alone = readConfig(basic);
  expect(alone.ok ? [] : alone.faults).toEqual([expect.stringMatching(/^No platform is set up/)]);
});
