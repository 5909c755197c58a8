import type { Act } from '../context.ts';
import { acquaint } from '../identity/index.ts';
import { type Content, enqueue, ownPlace } from '../outbox/index.ts';
import { clip, raw } from '../text/index.ts';
import type { DuePage } from './calls.ts';
import type { Person, Spot } from './model.ts';
import { type PageDeed, signPage } from './rules/page-token.ts';

/** Numbers that a message about many tickets names. */
const NAMED = 10;

interface Calling {
  readonly person: Person;
  readonly spot: Spot;
  readonly callId: number;
}

/** Calls somebody about one ticket, with buttons where there are some, else with links. */
export async function tellOne(
  act: Act,
  person: Person,
  spot: Spot,
  page: DuePage,
  callId: number,
): Promise<void> {
  const [ticket] = await act.tx<
    { subject: string }[]
  >`select subject from ticket where id = ${page.ticketId}`;
  const say = act.phrases.say.bind(act.phrases, person.locale);
  const links = await linksFor(act, spot, [
    { id: page.id, deed: 'ack' },
    { id: page.id, deed: 'pass' },
  ]);
  const [ack, pass] = links ?? [];
  const content: Content = {
    say: links === undefined ? 'page-one' : 'page-one-mail',
    subject: 'page-one-subject',
    args: {
      number: page.ticketId,
      subject: clip(ticket?.subject ?? '', 80),
      why: raw(say(`page-why-${page.why}`)),
      link: raw(await linkTo(act, page.ticketId, spot.channel)),
      ...(ack !== undefined && pass !== undefined && { ack: raw(`<${ack}>`), pass: raw(`<${pass}>`) }),
    },
    locale: person.locale,
    mentions: mentionsFor(person, spot),
    buttons: [
      { action: `page-ack:${page.id}`, say: 'button-acknowledge', style: 'primary' },
      { action: `page-pass:${page.id}`, say: 'button-pass-on' },
    ],
  };
  await send(act, { person, spot, callId }, content, page.ticketId);
}

/** Calls somebody about many tickets at once; those that came first are named. */
export async function tellBundle(
  act: Act,
  person: Person,
  spot: Spot,
  pages: readonly DuePage[],
  callId: number,
): Promise<void> {
  const numbers = [...new Set(pages.map(one => one.ticketId))];
  const [all] = (await linksFor(act, spot, [{ id: callId, deed: 'all' }])) ?? [];
  const named = numbers.slice(0, NAMED).map(number => `**#${number}**`);
  const content: Content = {
    say: all === undefined ? 'page-many' : 'page-many-mail',
    subject: 'page-many-subject',
    args: {
      count: numbers.length,
      list: raw(`${named.join(', ')}${numbers.length > NAMED ? ' …' : ''}`),
      ...(all !== undefined && { all: raw(`<${all}>`) }),
    },
    locale: person.locale,
    mentions: mentionsFor(person, spot),
    buttons: [{ action: `page-all:${callId}`, say: 'button-acknowledge-all', style: 'primary' }],
  };
  await send(act, { person, spot, callId }, content, pages[0]?.ticketId ?? 0);
}

function mentionsFor({ reach }: Person, { way, channel }: Spot): readonly string[] | undefined {
  const id = reach[channel];
  return way === 'mention' && id !== undefined ? [id] : undefined;
}

/** Where there are no buttons: the addresses that do it; none where the desk has no public address. */
async function linksFor(act: Act, { way }: Spot, deeds: readonly PageDeed[]): Promise<string[] | undefined> {
  const { links } = act.files;
  if (way !== 'mail' || links === undefined) return undefined;
  const secret = await links.secret();
  return deeds.map(deed => `${links.publicUrl}/page/${signPage(deed, secret)}`);
}

/** The ticket's post, on the reader's own platform if it has one there; its number where no post has an address. */
async function linkTo(act: Act, ticketId: number, channel: string): Promise<string> {
  const posts = await act.tx<{ channel: string; address: string }[]>`
    select channel, address from place where ticket_id = ${ticketId} and role = 'desk' and address is not null
    order by channel <> ${channel}, channel`;
  for (const post of posts) {
    const link = act.channels.get(post.channel)?.linkTo?.(post.address);
    if (link !== undefined) return `<${link}>`;
  }
  return `**#${ticketId}**`;
}

async function send(
  act: Act,
  { person, spot, callId }: Calling,
  content: Content,
  ticketId: number,
): Promise<void> {
  const base = { kind: 'post', class: 'page', content, callId } as const;
  if (spot.way === 'mention') {
    const [desk] = await act.tx<{ id: number }[]>`
      select id from place where ticket_id = ${ticketId} and role = 'desk' and channel = ${spot.channel}`;
    if (desk !== undefined) return enqueue(act, { ...base, placeId: desk.id, role: 'desk', ticketId });
  }
  const handleId = await handleFor(act, person, spot);
  const { id: placeId } = await ownPlace(act, { id: handleId, channel: spot.channel }, null);
  const about = 'say' in content && 'subject' in content.args ? ticketId : undefined;
  enqueue(act, { ...base, placeId, role: 'customer', ticketId: about });
}

/** The person's handle on a platform: the one that has acted as staff, else it is made, in the community in which staff are. */
async function handleFor(act: Act, { reach }: Person, { channel }: Spot): Promise<number> {
  const externalId = reach[channel] ?? '';
  const [known] = await act.tx<{ id: number }[]>`
    select id from handle where channel = ${channel} and external_id = ${externalId}
    order by staff_at desc nulls last, seen_at desc limit 1`;
  if (known !== undefined) return known.id;
  const [near] = await act.tx<{ space: string }[]>`
    select space from handle where channel = ${channel} and staff_at is not null order by seen_at desc limit 1`;
  return (await acquaint(act, channel, { space: near?.space ?? '', externalId })).id;
}
