import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readMail } from '../../src/config/mail.ts';

const OUT = { SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'support@example.com' };
const SECRET = 'a-secret-of-24-characters-or-more';
const key = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64');

test('without its variables mail only goes out; with them it comes in as they say', () => {
  expect(readMail(OUT).settings?.incoming).toBeUndefined();
  const sendgrid = key();
  const { settings, faults } = readMail({
    ...OUT,
    MAIL_IN_RAW_SECRET: SECRET,
    MAIL_IN_SENDGRID_KEY: sendgrid,
    MAIL_IN_AUTHSERV_ID: 'mx.example.com',
    MAIL_IN_PLUS: 'on',
    IMAP_URL: 'imaps://support%40example.com:p%3Aw@mail.example.com',
    IMAP_FOLDERS: 'INBOX, Billing',
  });
  expect(faults).toEqual([]);
  expect(settings?.incoming).toEqual({
    sources: { raw: SECRET, sendgrid },
    authservId: 'mx.example.com',
    plus: true,
    imap: {
      host: 'mail.example.com',
      port: 993,
      secure: true,
      tls: 'required',
      user: 'support@example.com',
      password: 'p:w',
      folders: ['INBOX', 'Billing'],
    },
  });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['nobody may bring it', { MAIL_IN_PLUS: 'on' }, /half set up.*IMAP_URL/],
  ['mail cannot go out', { SMTP_URL: '', MAIL_IN_RAW_SECRET: SECRET }, /SMTP_URL/],
  ['a secret that is guessed', { MAIL_IN_RAW_SECRET: 'short' }, /MAIL_IN_RAW_SECRET is no secret/],
  [
    'a secret with spaces',
    { MAIL_IN_POSTMARK_SECRET: 'a secret that has spaces in it' },
    /MAIL_IN_POSTMARK_SECRET/,
  ],
  ['a key that is none', { MAIL_IN_SENDGRID_KEY: 'MFkw' }, /MAIL_IN_SENDGRID_KEY/],
  ['a signing key that is none', { MAIL_IN_MAILGUN_KEY: 'x' }, /MAIL_IN_MAILGUN_KEY/],
  ['a name that is none', { MAIL_IN_RAW_SECRET: SECRET, MAIL_IN_AUTHSERV_ID: 'a b' }, /MAIL_IN_AUTHSERV_ID/],
  ['plus that is neither', { MAIL_IN_RAW_SECRET: SECRET, MAIL_IN_PLUS: 'yes' }, /MAIL_IN_PLUS/],
  ['an address that is none', { IMAP_URL: 'https://mail.example.com' }, /IMAP_URL is none/],
  ['a mailbox without a password', { IMAP_URL: 'imaps://u@mail.example.com' }, /no password/],
  [
    'a password for all to read',
    { IMAP_URL: 'imap://u:p@mail.example.com', IMAP_TLS: 'off' },
    /for all to read/,
  ],
  ['half of OAuth', { IMAP_URL: 'imaps://u@mail.example.com', IMAP_OAUTH_CLIENT_ID: 'x' }, /half set up/],
])('%s: it says what to do, and nothing secret', (_, env, fault) => {
  const all = Object.fromEntries(Object.entries({ ...OUT, ...env }).filter(([, value]) => value !== ''));
  const { settings, faults } = readMail(all);
  expect(settings).toBeUndefined();
  expect(faults.join('\n')).toMatch(fault);
  for (const secret of [SECRET, 'a secret that has spaces in it'])
    expect(faults.join('\n')).not.toContain(secret);
});
