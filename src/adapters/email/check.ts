import { createPrivateKey, createPublicKey } from 'node:crypto';
import { resolveTxt } from 'node:dns/promises';
import { type Finding, whyOf } from '../../core/index.ts';
import { domainOf } from './address.ts';
import type { Post, SmtpFault } from './api.ts';
import type { EmailConfig } from './config.ts';

/** Checks the way to the mail server, and what DNS says of the sender. Each fault says what to do about it. Never throws. */
export async function check(post: Post, config: EmailConfig): Promise<readonly Finding[]> {
  const [server, ...names] = await Promise.all([
    checkServer(post, config),
    checkDkim(config),
    checkRecord(config, domainOf(config.from.address), 'SPF', /^v=spf1\b/i, 'v=spf1 mx -all'),
    checkRecord(
      config,
      `_dmarc.${domainOf(config.from.address)}`,
      'DMARC',
      /^v=DMARC1\b/i,
      'v=DMARC1; p=quarantine',
    ),
  ]);
  return [server, ...names.flat(), ...(await checkMailbox(config))];
}

/** The mailbox that is read: each folder is opened, and nothing in it is touched. */
async function checkMailbox({ incoming, log, now }: EmailConfig): Promise<Finding[]> {
  const imap = incoming?.mailbox?.imap;
  if (imap === undefined) return [];
  const [{ openFolder }, { createTokens }] = await Promise.all([
    import('./in/imap.ts'),
    import('./in/oauth.ts'),
  ]);
  const token = imap.oauth && createTokens(imap.oauth, now);
  return Promise.all(
    imap.folders.map(async path => {
      const what = `Mail: ${imap.host}:${imap.port} lets us read the folder ${path}`;
      try {
        (await openFolder(imap, path, { log, token })).close();
        return { what, ok: true };
      } catch (error) {
        const refused = error instanceof Error && Reflect.get(error, 'authenticationFailed') === true;
        const mend = refused
          ? 'The server refused the login: look over user and password in IMAP_URL, or the IMAP_OAUTH_ variables.'
          : `The folder cannot be opened: look over the host and port in IMAP_URL and the names in IMAP_FOLDERS. (${whyOf(error)})`;
        return { what, ok: false, mend };
      }
    }),
  );
}

async function checkServer(post: Post, { smtp }: EmailConfig): Promise<Finding> {
  const way = smtp.secure ? 'TLS' : smtp.tls === 'required' ? 'STARTTLS' : 'no encryption';
  const login = smtp.user === undefined ? '' : ', logged in';
  const what = `Mail: ${smtp.host}:${smtp.port} takes us (${way}${login})`;
  const fault = await post.greet();
  return fault === undefined ? { what, ok: true } : { what, ok: false, mend: mendFor(fault, smtp.port) };
}

function mendFor({ code, reply }: SmtpFault, port: number): string {
  const said = reply === undefined ? '' : ` It said ${reply.status}.`;
  switch (code) {
    case 'EAUTH':
      return `The server refused the login: look over user and password in SMTP_URL (signs such as @ : / in them are written as %40 %3A %2F).${said}`;
    case 'ETLS':
      return `The connection could not be secured: with port 465 use smtps://, with 587 smtp://; a certificate of your own goes into NODE_EXTRA_CA_CERTS; for a server on this machine SMTP_TLS=off.${said}`;
    case 'EDNS':
      return 'The server’s name is not known: look over the host in SMTP_URL.';
    case 'EPROTOCOL':
      return `What answers on port ${port} does not speak SMTP as expected: look over the port in SMTP_URL.${said}`;
    default:
      return `The server cannot be reached: look whether it runs, and whether a firewall lets port ${port} out (many providers block 25). (${code})${said}`;
  }
}

async function checkDkim(config: EmailConfig): Promise<Finding[]> {
  const { dkim } = config;
  if (dkim === undefined)
    return [
      {
        what: 'Mail: it is signed (DKIM) by the mail server, or not at all: MAIL_DKIM_KEY_FILE is not set',
        ok: true,
      },
    ];
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const key = publicKeyOf(dkim.privateKey);
  const what = `Mail: DNS has our DKIM key at ${name}`;
  const found = await lookUp(config, name);
  if (found === 'away') return [unasked(what)];
  const there = found.some(record => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '') === key);
  const mend = `Publish a TXT record at ${name}: v=DKIM1; k=rsa; p=${key}`;
  return [there ? { what, ok: true } : { what, ok: false, mend }];
}

/** As the record writes it (RFC 6376 §3.6.1): SubjectPublicKeyInfo in base64. */
function publicKeyOf(pem: string): string {
  return createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' }).toString('base64');
}

async function checkRecord(
  config: EmailConfig,
  name: string,
  label: string,
  shape: RegExp,
  example: string,
): Promise<Finding[]> {
  const what = `Mail: ${label} is published at ${name}`;
  const found = await lookUp(config, name);
  if (found === 'away') return [unasked(what)];
  if (found.some(record => shape.test(record))) return [{ what, ok: true }];
  return [
    {
      what,
      ok: false,
      mend: `Publish a TXT record at ${name}, or large providers refuse the mail: for example ${example} (with your mail server in it).`,
    },
  ];
}

function unasked(what: string): Finding {
  return { what: `${what} (not looked at: DNS does not answer here)`, ok: true };
}

/** What DNS says when there is no such name or no such record; all else means that it could not be asked. */
const NOTHING: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

async function lookUp(config: EmailConfig, name: string): Promise<string[] | 'away'> {
  try {
    const records = await (config.resolveTxt ?? resolveTxt)(name);
    return records.map(parts => parts.join(''));
  } catch (error) {
    return NOTHING.has(error instanceof Error ? Reflect.get(error, 'code') : undefined) ? [] : 'away';
  }
}
