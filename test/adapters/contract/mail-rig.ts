/** Mail as a rig: the real adapter and the real nodemailer, on the wire of the pretend mail server; letters come to the raw door. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Received } from '../../../src/core/index.ts';
import type { MailPerson } from '../../../src/simulator/mail/index.ts';
import type { GivenFile, Person } from '../../../src/simulator/model.ts';
import { startMailDesk } from '../email/desk.ts';
import type { Rig, RigOptions } from './model.ts';
import { type Core, filesIn, type Own, overHttp } from './rig.ts';

const LOGIN = { user: 'desk', pass: 'a-password of the desk' };
/** DNS as it should be. */
const RECORDS = async (name: string) => [[name.startsWith('_dmarc.') ? 'v=DMARC1; p=none' : 'v=spf1 -all']];
/** More than any case sends. */
const ALWAYS = 1000;

/** What the raw door opens to. */
const RAW = 'the-secret-of-the-raw-door';

const nobody = (): never => {
  throw new Error('mail has no such thing');
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};
/** What stands in the body of a mail as it is shown. */
const wordsOf = (html: string): string =>
  html
    .replace(/^[\s\S]*<div class="mail-body">/, '')
    .replace(/<br>|<\/div>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|#39|amp);/g, sign => ENTITIES[sign] ?? '')
    .trim();

/** Mails by the name that the receipt has for them, the Message-ID, with their words as HTML shows them. */
function shownTo(reader: MailPerson): ReturnType<Rig['messages']> {
  const refs = new Map(reader.mailbox().map(({ id, messageId }) => [id, messageId.slice(1, -1)]));
  return reader.screen().places.flatMap(place =>
    place.messages.map(one => ({
      ...one,
      id: refs.get(one.id) ?? one.id,
      text: wordsOf(one.html),
      place: place.id,
    })),
  );
}

let written = 0;

function letterOf(from: string, nth: number, text: string, file?: GivenFile): string {
  const head = `From: ${from}\r\nTo: support@desk.example\r\nSubject: A letter\r\nMessage-ID: <m${nth}@example.com>\r\n`;
  if (file === undefined) return `${head}\r\n${text}`;
  const part = `Content-Type: application/octet-stream; name="${file.name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(file.bytes).toString('base64')}`;
  return `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${text}\r\n--b\r\n${part}\r\n--b--`;
}

function bounceOf(ref: string): string {
  const parts = [
    'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.1.1',
    `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <${ref}>`,
  ];
  const body = parts.map(part => `--b\r\n${part}\r\n`).join('');
  return `From: mailer-daemon@mx\r\nContent-Type: multipart/report; boundary=b\r\n\r\n${body}--b--`;
}

/** Starts mail. */
export async function mail({ wrap }: RigOptions, core: Core): Promise<Own> {
  const spool = await mkdtemp(join(tmpdir(), 'switchdesk-mail-'));
  const desk = await startMailDesk(
    {
      auth: LOGIN,
      people: [
        { name: 'ana', locale: 'en' },
        { name: 'bob', locale: 'en' },
      ],
    },
    ({ url }) => ({
      smtp: {
        host: new URL(url).hostname,
        port: Number(new URL(url).port),
        secure: false,
        tls: 'off',
        user: LOGIN.user,
        password: LOGIN.pass,
      },
      now: () => new Date(),
      resolveTxt: RECORDS,
      incoming: {
        spool,
        sources: { raw: RAW },
        resolve: async () => {
          throw Object.assign(new Error('nothing'), { code: 'ENOTFOUND' });
        },
      },
    }),
    wrap,
  );
  const { mail: sim, channel } = desk;
  const ana = sim.person('ana');
  const knock = async (raw: string, secret = RAW, source = 'raw'): Promise<Received> => {
    const headers = { authorization: `Bearer ${secret}` };
    const door = channel.receiveFrom?.({ source, headers, now: new Date() });
    if (door === undefined || !door.open)
      return { verified: false, response: { status: 401 }, why: door?.why ?? 'none' };
    return door.read(Buffer.from(raw));
  };
  const brings = async (raw: string): Promise<void> => {
    const received = await knock(raw);
    if (!received.verified) throw new Error(received.why);
    await received.respond(received.inbound.map(one => core.take(one)));
  };
  return {
    ...overHttp,
    kind: 'email',
    channel,
    sim,
    // Nobody vouches for the letters of this rig.
    who: { space: '', externalId: ana.id },
    staffRole: '',
    logged: desk.log.lines,
    shown: (person: Person) => shownTo(sim.person(person.name)),
    async says(person, _, text) {
      written += 1;
      await brings(letterOf(sim.person(person.name).id, written, text));
      return `m${written}@example.com`;
    },
    async sends(_, text, file) {
      written += 1;
      await brings(letterOf(ana.id, written, text, file));
    },
    returns: ref => brings(bounceOf(ref)),
    knocks: how =>
      knock(
        letterOf(ana.id, 0, 'knock'),
        how === 'wrong' ? 'not the secret' : RAW,
        how === 'nowhere' ? 'nowhere' : 'raw',
      ),
    request: { deliver: /^DATA/, openThread: /^DATA/ },
    lost: { deliver: 'unknown', openThread: 'unknown' },
    // RFC 5321 §4.2.1: a reply of 4xx says for certain that the mail was not taken; none says for how long, so the wait is the desk's.
    replies: {
      limited: { kind: 'status', status: 450, code: '4.7.1' },
      waitsMs: [60_000, 300_000],
      failing: { kind: 'status', status: 451, code: '4.3.0' },
      certain: true,
    },
    buttons: false,
    subjects: () => ana.mailbox().map(({ subject }) => subject),
    connections: () => sim.connections,
    asks: nobody,
    tells: nobody,
    files: () => filesIn(ana),
    last: nobody,
    forged: nobody,
    stale: nobody,
    tampered: nobody,
    signed: body => ({ body, headers: {}, now: new Date() }),
    vanish: () => sim.closeMailbox('ana'),
    forbid: () => sim.addFault({ match: /^RCPT/, kind: 'status', status: 550, code: '5.7.1', times: ALWAYS }),
    block: nobody,
    // Who is logged in is thrown out, and nobody gets in any more.
    revoke() {
      sim.addFault({ match: /^MAIL/, kind: 'status', status: 530, code: '5.7.0', times: ALWAYS });
      sim.addFault({ match: /^AUTH/, kind: 'status', status: 535, code: '5.7.8', times: ALWAYS });
    },
    listen: nobody,
    async stop() {
      await desk.stop();
      await rm(spool, { recursive: true, force: true });
    },
  };
}
