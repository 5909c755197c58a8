/** Mail as a rig: the real adapter and the real nodemailer, on the wire of the pretend mail server. Nobody writes to the desk by it. */
import type { MailPerson } from '../../../src/simulator/mail/index.ts';
import type { Person } from '../../../src/simulator/model.ts';
import { startMailDesk } from '../email/desk.ts';
import type { Rig, RigOptions } from './model.ts';
import { filesIn, type Own, overHttp } from './rig.ts';

const LOGIN = { user: 'desk', pass: 'a-password of the desk' };
/** DNS as it should be. */
const RECORDS = async (name: string) => [[name.startsWith('_dmarc.') ? 'v=DMARC1; p=none' : 'v=spf1 -all']];
/** More than any case sends. */
const ALWAYS = 1000;

const nobody = (): never => {
  throw new Error('nobody writes to the desk by mail, and nothing comes from it over HTTP');
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

/** Starts mail. */
export async function mail({ wrap }: RigOptions): Promise<Own> {
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
    }),
    wrap,
  );
  const { mail: sim, channel } = desk;
  const ana = sim.person('ana');
  return {
    ...overHttp,
    kind: 'email',
    channel,
    sim,
    who: { space: '', externalId: ana.id },
    staffRole: '',
    logged: desk.log.lines,
    shown: (person: Person) => shownTo(sim.person(person.name)),
    says: nobody,
    sends: nobody,
    request: { deliver: /^DATA/, openThread: /^DATA/ },
    // The first mail is the place, and sent again it is the same mail.
    lost: { deliver: 'unknown', openThread: 'retry' },
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
    stop: () => desk.stop(),
  };
}
