/** Reads one mail; the only file that knows postal-mime. Runs in the thread of `worker.ts`. */
import PostalMime, { type Attachment, addressParser, decodeWords, type Email } from 'postal-mime';
import { passesDmarc, type Resolve } from './authenticate.ts';
import { automaticIn } from './automatic.ts';
import { digestOfRaw } from './digest.ts';
import { fold } from './fold.ts';
import { firstOf, type HeaderLine, headerLines } from './headers.ts';
import { readHtml, strip } from './html.ts';
import type { Failure, Part, Question, ReadMail } from './model.ts';
import { passedAtServer } from './results.ts';
import { type Unpacked, unpack } from './tnef.ts';

/** Parts within parts. Mail of people has some ten at most, with all that was passed on. */
const DEEPEST = 40;
/** Octets of the heads of a mail with all its parts. */
const HEADS = 2 * 1024 * 1024;
/** UTF-16 units of the words that are kept: a message of the desk has 100,000. */
const WORDS = 90_000;
/** Files of one mail that are told of: more than any policy takes (50), so that those above can be named. */
const FILES = 60;
/** Calendars of one mail, and octets of one: a supplier's has some thousand. */
const CALENDARS = { most: 5, octets: 1024 * 1024 } as const;
/** Addresses and ids that are looked at. */
const MANY = 100;

/** Reads a mail. Throws for what is none, or is nested beyond reason. */
export async function readMail(
  { raw, handover, authservId }: Extract<Question, { what: 'read' }>,
  resolve: Resolve,
): Promise<ReadMail> {
  const mail = await parse(raw);
  const lines = headerLines(raw);
  const from = senderOf(lines);
  const failures = failuresIn(mail.attachments);
  const report = failures.length > 0 || isReport(lines);
  const words = wordsOf(mail);
  const automatic = automaticIn(lines, from.address ?? '', handover.sender, report);
  const passed =
    from.address !== undefined &&
    from.single &&
    (authservId === undefined
      ? await passesDmarc(raw, handover, resolve)
      : passedAtServer(lines, authservId, from.address));
  const { messageId } = mail;
  const id = bare(messageId);
  const locale = localeOf(lines, words.text);
  return {
    ...(from.address !== undefined && { from: { name: from.name, address: from.address } }),
    passed,
    to: recipientsOf(mail, lines, handover.recipients ?? []),
    subject: (mail.subject ?? '').slice(0, 1000),
    ...(id !== undefined && { messageId: id }),
    answers: answersOf(mail),
    ...words,
    ...(locale !== undefined && { locale }),
    parts: partsOf(mail.attachments, report),
    calendars: passed ? calendarsIn(mail.attachments) : [],
    ...(automatic !== undefined && { automatic }),
    failures,
    digest: digestOfRaw(raw, lines),
  };
}

/** The bytes of one of a mail's files. */
export async function readPart({
  raw,
  index,
}: Extract<Question, { what: 'part' }>): Promise<Uint8Array | undefined> {
  const mail = await parse(raw);
  const one = filesOf(mail.attachments)[index];
  // Not a view of more than the file: all that is behind a view goes with it from thread to thread.
  return one === undefined ? undefined : bytesOf(one).slice();
}

async function parse(raw: Uint8Array): Promise<Email> {
  const mail = await PostalMime.parse(raw, {
    attachmentEncoding: 'arraybuffer',
    forceRfc822Attachments: true,
    maxNestingDepth: DEEPEST,
    maxHeadersSize: HEADS,
  });
  return withUnpacked(mail);
}

/**
 * What was packed into a `winmail.dat` stands in the mail as if it had never been, and its words where the mail has no others. It stays beside that when
 * something of it would be lost, and is all there is of one that cannot be read.
 */
function withUnpacked(mail: Email): Email {
  let { text = '', html = '' } = mail;
  const written = text.trim() !== '' || html !== '';
  // Exchange and Outlook put it into a mail whose own words are also in its `winmail.dat` (MS-OXCMAIL 2.1.3.2.26); one that was merely passed on has words of its own.
  const own = mail.headers.some(({ key }) => key === 'x-ms-tnef-correlator');
  const attachments = mail.attachments.flatMap(one => {
    const packed = isPacked(one) ? unpack(bytesOf(one)) : undefined;
    if (packed === undefined) return [one];
    const said = packed.text.trim() !== '' || packed.html !== '';
    const taken = said && text.trim() === '' && html === '';
    if (taken) ({ text, html } = packed);
    const lost = packed.more || !(taken || (written && own) || !(said || packed.rtf));
    return [...(lost ? [one] : []), ...packed.files.map(asAttachment)];
  });
  return { ...mail, text, html, attachments };
}

function isPacked({ mimeType, filename }: Attachment): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(mimeType) || /^win(?:mail)?\.dat$/i.test(filename ?? '');
}

function asAttachment({ name, type, bytes }: Unpacked['files'][number]): Attachment {
  return {
    filename: name || null,
    mimeType: type || 'application/octet-stream',
    disposition: 'attachment',
    content: bytes,
  };
}

/**
 * A mail that names several senders, or in several lines, is from nobody in particular: which of them counts is read in two ways. The address is read
 * before anything is decoded, as mail servers do.
 */
function senderOf(lines: readonly HeaderLine[]): {
  readonly address?: string;
  readonly name: string;
  readonly single: boolean;
} {
  const heads = lines.filter(({ name }) => name === 'from');
  const value = Buffer.from(heads[0]?.value.slice(0, 2000) ?? '', 'latin1').toString('utf8');
  const named = addressParser(value, { flatten: true });
  const [first] = named;
  const address = first?.address?.trim();
  return {
    ...(address ? { address: address.slice(0, 320) } : {}),
    name: decodeWords(first?.name ?? '')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .slice(0, 200),
    single: heads.length === 1 && named.length === 1,
  };
}

function recipientsOf(mail: Email, lines: readonly HeaderLine[], envelope: readonly string[]): string[] {
  const given = [...(mail.to ?? []), ...(mail.cc ?? [])].slice(0, MANY).map(({ address }) => address ?? '');
  const more = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap(name => firstOf(lines, name) ?? []);
  return [...new Set([...envelope, ...more, ...given])]
    .filter(one => one !== '' && one.length <= 320)
    .slice(0, MANY);
}

const ID = /<([^<>\s]{1,300})>/g;

function bare(id: string | undefined): string | undefined {
  const found =
    id === undefined
      ? undefined
      : (/<([^<>\s]{1,300})>/.exec(id)?.[1] ?? /^[^<>\s]{1,300}$/.exec(id.trim())?.[0]);
  return found?.includes('@') ? found : undefined;
}

/** `In-Reply-To`, then `References` from the newest (RFC 5322 §3.6.4). */
function answersOf({ inReplyTo = '', references = '' }: Email): string[] {
  const idsIn = (text: string): string[] => [...text.slice(-20_000).matchAll(ID)].map(([, id = '']) => id);
  return [...new Set([...idsIn(inReplyTo), ...idsIn(references).reverse()])].slice(0, MANY);
}

function wordsOf({ text = '', html = '' }: Email): Pick<ReadMail, 'text' | 'folded' | 'marked'> {
  if (text.trim() !== '' || html === '') {
    const { text: words, folded } = fold(text.slice(0, 10 * WORDS));
    return { text: words.slice(0, WORDS), folded: folded.slice(0, WORDS), marked: false };
  }
  try {
    const read = readHtml(html);
    const below = fold(read.text);
    const folded = [below.folded, read.folded].filter(one => one !== '').join('\n\n');
    return { text: below.text.slice(0, WORDS), folded: folded.slice(0, WORDS), marked: true };
  } catch {
    return { text: strip(html).slice(0, WORDS), folded: '', marked: false };
  }
}

/** Words and letters of Polish: for the mail of who never wrote before and whose program names no language. */
const POLISH =
  /[ąęłńśźż]|\b(?:dzień dobry|witam|proszę|dziękuj[eę]|prosze|pozdrawiam|serwer nie|nie działa)\b/iu;

function localeOf(lines: readonly HeaderLine[], text: string): string | undefined {
  const named = firstOf(lines, 'content-language')?.split(',', 1)[0]?.trim();
  if (named !== undefined && /^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,2}$/i.test(named)) return named;
  if (POLISH.test(text.slice(0, 5000))) return 'pl';
  return undefined;
}

/** A report's own parts say nothing to people; of what came back only the mail itself is a file. */
function partsOf(attachments: readonly Attachment[], report: boolean): Part[] {
  if (report) return [];
  return filesOf(attachments)
    .slice(0, FILES)
    .map((one, index) => ({ name: nameOf(one, index), size: bytesOf(one).byteLength }));
}

/** RFC 5545 §8.1; many programs send one as a file of no type. One that is too large, and the first too many, is empty: it is there, and cannot be read. */
function calendarsIn(attachments: readonly Attachment[]): string[] {
  return attachments
    .filter(
      ({ mimeType, filename }) =>
        /^(?:text\/calendar|application\/ics)$/.test(mimeType) || /\.ics$/i.test(filename ?? ''),
    )
    .slice(0, CALENDARS.most + 1)
    .map(bytesOf)
    .map((bytes, nth) =>
      nth < CALENDARS.most && bytes.byteLength <= CALENDARS.octets ? new TextDecoder().decode(bytes) : '',
    );
}

/** Signatures of mail are no files that anybody wants. */
function filesOf(attachments: readonly Attachment[]): Attachment[] {
  return attachments.filter(
    ({ mimeType }) => !/^application\/(?:x-)?(?:pkcs7|pgp)-signature$/.test(mimeType),
  );
}

const ENDINGS: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'application/ics': 'ics',
  'application/ms-tnef': 'dat',
  'application/vnd.ms-tnef': 'dat',
};

function nameOf({ filename, mimeType }: Attachment, index: number): string {
  if (filename) return filename.slice(0, 255);
  const ending =
    ENDINGS[mimeType] ??
    mimeType
      .split('/')[1]
      ?.replace(/[^a-z\d]/gi, '')
      .slice(0, 8);
  return `${mimeType.split('/', 1)[0]}-${index + 1}.${ending || 'bin'}`;
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function isReport(lines: readonly HeaderLine[]): boolean {
  return /^multipart\/report\b/i.test(firstOf(lines, 'content-type') ?? '');
}

/** What a report says of mails that were given up (RFC 3464 §2.3): a delay is no failure. */
function failuresIn(attachments: readonly Attachment[]): Failure[] {
  const report = attachments.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType));
  const returned = attachments.find(({ mimeType }) =>
    /^(?:message\/rfc822|message\/global|text\/rfc822-headers|message\/global-headers)$/.test(mimeType),
  );
  if (report === undefined || returned === undefined) return [];
  const original = bare(firstOf(headerLines(bytesOf(returned)), 'message-id'));
  if (original === undefined) return [];
  const blocks = Buffer.from(bytesOf(report))
    .toString('latin1', 0, 100_000)
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  return blocks.flatMap(block => {
    if (!/^action:\s*failed\b/im.test(block)) return [];
    return [{ original, status: /^status:\s*([45]\.\d{1,3}\.\d{1,3})/im.exec(block)?.[1] ?? '5.0.0' }];
  });
}
