import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  type Answer,
  type Bounced,
  type Fetched,
  type Inbound,
  type InboundFile,
  literal,
  type Sender,
  type SentByUs,
  tidy,
  UNVOUCHED,
  type Wrote,
} from '../../../core/index.ts';
import { mailAddress } from '../address.ts';
import type { EmailConfig } from '../config.ts';
import { readSigned } from '../sign.ts';
import { digestOfRaw } from './digest.ts';
import { firstOf, headerLines } from './headers.ts';
import type { Handover, ReadMail } from './model.ts';
import type { MailReader } from './reader.ts';
import type { Spool } from './spool.ts';

/** What taking mail works with. */
export interface Intake {
  readonly config: EmailConfig;
  readonly reader: MailReader;
  readonly spool: Spool;
}

/** In place of the index of a file: the mail itself. */
const WHOLE = 'raw';
/** Ids of others that core is told of, at most. */
const REFS = 30;
const zip = promisify(gzip);

/** Makes of a mail what the desk understands. What has files, or cannot be read, is on the disk when it resolves. Rejects only when that is full. */
export async function takeMail(at: Intake, raw: Uint8Array, handover: Handover): Promise<Inbound[]> {
  const { config, reader } = at;
  const mail = await reader.read(raw, handover, config.incoming?.authservId);
  if (mail === undefined) return [await asUnreadable(at, raw, handover)];
  const secret = await config.secret();
  const found = bounces(mail, secret, config);
  if (found.length > 0) return found;
  return [await wrote(at, raw, mail, { secret, whole: handover.whole !== false })];
}

async function wrote(
  at: Intake,
  raw: Uint8Array,
  mail: ReadMail,
  { secret, whole }: { readonly secret: Uint8Array; readonly whole: boolean },
): Promise<Wrote> {
  const { config, spool } = at;
  const from = senderOf(mail);
  const own = isOwn(mail, secret, config);
  // Nobody fetches files of a machine's mail. A file that was cut off is none, and of one that was not nobody can tell.
  const parts = whole && !own && mail.automatic === undefined ? mail.parts : [];
  const name = parts.length > 0 ? await spool.keep(from.externalId, raw, config.now()) : '';
  const files: InboundFile[] = parts.map(({ name: file, size }, index) => ({
    source: `${name}/${index}`,
    name: file,
    size,
  }));
  const marked = (text: string): string => (mail.marked ? text : literal(tidy(text)));
  return {
    type: 'wrote',
    eventId: mail.digest,
    at: config.now(),
    from,
    vouched: mail.passed,
    ref: mail.messageId ?? `${mail.digest.slice(0, 32)}@unnamed.invalid`,
    subject: mail.subject,
    text: mail.text === '' ? '' : marked(mail.text),
    ...(mail.folded !== '' && { folded: marked(mail.folded) }),
    ...(files.length > 0 && { files }),
    ...(mail.calendars.length > 0 && { calendars: mail.calendars }),
    answers: answersIn(mail, secret, config),
    refs: mail.answers.slice(0, REFS),
    to: mail.to,
    ...(!whole && { whole }),
    ...(own
      ? { automatic: 'own' }
      : mail.automatic && { automatic: mail.automatic === 'bulk' ? 'bulk' : 'reply' }),
  };
}

/** Only an aligned pass makes an address the one who wrote. */
function senderOf({ from, passed, locale }: ReadMail): Sender {
  const address = from === undefined ? undefined : mailAddress(from.address.toLowerCase());
  return {
    space: passed && address !== undefined ? '' : UNVOUCHED,
    externalId: address ?? 'nobody',
    ...(from?.name ? { name: from.name } : {}),
    ...(locale !== undefined && { locale }),
  };
}

/** Deliveries of ours that it certainly answers: by the address that it was sent to, then by our signed Message-IDs. */
function answersIn({ to, answers }: ReadMail, secret: Uint8Array, { from }: EmailConfig): SentByUs[] {
  const tags = to.map(one => /^[^@]*\+([^@+]+)@/.exec(one)?.[1] ?? '');
  const domain = from.address.slice(from.address.lastIndexOf('@')).toLowerCase();
  const ids = answers.map(id => (id.toLowerCase().endsWith(domain) ? id.slice(0, -domain.length) : ''));
  return [...tags, ...ids].flatMap(one => readSigned(one, secret) ?? []);
}

/** What we sent ourselves, come back by whatever way. */
function isOwn({ messageId = '', from }: ReadMail, secret: Uint8Array, config: EmailConfig): boolean {
  const at = messageId.lastIndexOf('@');
  return (
    readSigned(messageId.slice(0, at), secret) !== undefined ||
    from?.address.toLowerCase() === config.from.address.toLowerCase()
  );
}

function bounces({ failures, digest }: ReadMail, secret: Uint8Array, config: EmailConfig): Bounced[] {
  return failures.flatMap(({ original, status }, index): Bounced[] => {
    const delivery = readSigned(original.slice(0, original.lastIndexOf('@')), secret);
    if (delivery === undefined) return [];
    // X.1.x and X.2.1 say that the mailbox is not there (RFC 3463 §3.2, §3.3).
    const gone = /^5\.(?:1\.(?:[1236]|10)|2\.1)$/.test(status);
    return [
      {
        type: 'bounced',
        eventId: `${digest}:${index}`,
        at: config.now(),
        delivery,
        code: gone ? 'gone' : 'forbidden',
        why: status,
      },
    ];
  });
}

/** A mail that no parser can hold: the desk gets it as it is, with what its first lines say. */
export async function asUnreadable(
  { config, spool }: Intake,
  raw: Uint8Array,
  { whole }: Pick<Handover, 'whole'>,
): Promise<Wrote> {
  const lines = headerLines(raw);
  const written = firstOf(lines, 'from') ?? '';
  const address = mailAddress(
    (/<([^<>\s]+@[^<>\s]+)>/.exec(written)?.[1] ?? written.trim()).slice(0, 320).toLowerCase(),
  );
  const externalId = address ?? 'nobody';
  const digest = digestOfRaw(raw, lines);
  const name = await spool.keep(externalId, raw, config.now());
  return {
    type: 'wrote',
    eventId: digest,
    at: config.now(),
    from: { space: UNVOUCHED, externalId },
    vouched: false,
    ref: `${digest.slice(0, 32)}@unnamed.invalid`,
    subject: tidy((firstOf(lines, 'subject') ?? '').slice(0, 200)),
    text: '',
    files: [{ source: `${name}/${WHOLE}`, name: 'mail.eml.gz' }],
    answers: [],
    refs: [],
    to: [],
    unreadable: true,
    ...(whole === false && { whole }),
  };
}

/** A mail that the desk set aside is kept no longer. */
export async function afterwards({ spool }: Intake, inbound: Inbound, answer: Answer): Promise<void> {
  if (inbound.type !== 'wrote' || answer.type !== 'nothing' || answer.aside !== true) return;
  for (const { source } of inbound.files?.slice(0, 1) ?? []) await spool.drop(mailOf(source));
}

const mailOf = (source: string): string => source.slice(0, source.lastIndexOf('/'));

/** A file of a mail that is kept: one of its parts, or all of it, packed. */
export async function fetchPart(
  { reader, spool }: Intake,
  { source }: InboundFile,
  maxBytes: number,
): Promise<Fetched> {
  const raw = await spool.read(mailOf(source));
  if (raw === undefined) return { outcome: 'refused', why: 'the mail is not kept any more' };
  const which = source.slice(source.lastIndexOf('/') + 1);
  const bytes = which === WHOLE ? await zip(raw) : await reader.part(raw, Number(which));
  if (bytes === undefined) return { outcome: 'refused', why: 'the mail has no such part' };
  return { outcome: 'fetched', bytes: pieces(bytes, maxBytes) };
}

async function* pieces(bytes: Uint8Array, maxBytes: number): AsyncIterable<Uint8Array> {
  if (bytes.byteLength > maxBytes) throw new Error('the file is larger than it may be');
  yield bytes;
}
