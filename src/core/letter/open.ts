import type { Answer } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import { type HowTo, recognise } from '../identity/index.ts';
import { proofWanted } from '../intake/index.ts';
import { type Answered, keepAbout } from '../notice/index.ts';
import { enqueue, ownPlace } from '../outbox/index.ts';
import { isBlank, literalInline, oneLine, plain, raw } from '../text/index.ts';
import { deskChannels, type Opening, open, type TicketRequest } from '../ticket/index.ts';
import { noticeOf } from './about.ts';
import { ASIDE, keepAside, setAside, TAKEN } from './aside.ts';
import { meetContact } from './belong.ts';
import { cutOff } from './cut-off.ts';
import type { Arrived } from './model.ts';
import { takeOnce } from './receipt.ts';
import { departmentFor } from './rules/department.ts';
import { factsIn, missingFor, type Wanted } from './rules/facts.ts';
import { bareSubject } from './rules/subject.ts';
import { lookUpSender, type SenderFacts } from './sender.ts';

/** What a letter that opens a ticket goes on from: a closed ticket, or a notice. */
export interface Before {
  readonly follows?: number | undefined;
  readonly about?: Answered;
}

/** Opens a ticket of a letter. What comes too often, or may not be asked without proof, opens none. */
export async function openLetter(ctx: Context, arrived: Arrived, before: Before): Promise<Answer> {
  const { channel, letter } = arrived;
  const sender = await meet(ctx, arrived, await lookUpSender(ctx, arrived));
  if (sender.floods) return setAside(ctx, arrived, 'flood');
  const asked = requestOf(ctx, arrived, before.follows);
  // Whose it is may just have been found out.
  const about = before.about && (await noticeOf(ctx, arrived));
  const request = { ...asked, serviceId: about?.serviceId ?? null };
  const { locale } = sender;
  const wanted = await proofWanted(ctx, ctx.database.sql, { channel, sender: letter.from, locale }, request);
  if (wanted !== undefined) return answerHow(ctx, arrived, locale, wanted);
  const wants = letter.unreadable ? [] : wantsOf(ctx, arrived, request, sender);
  const opening: Opening = {
    channel,
    from: { ...letter.from, ...(letter.from.locale === undefined && sender.spoke ? {} : { locale }) },
    locale,
    request,
    eventId: letter.eventId,
    sharedPlaceId: null,
    near: null,
    files: letter.files ?? [],
    letter: {
      ref: letter.ref,
      folded: letter.folded,
      wants,
      more: moreOf(ctx, locale, wants, {
        unproved: sender.knowsContacts && sender.unknown,
        whole: letter.whole !== false,
      }),
      told: letter.whole === false ? [cutOff(ctx)] : [],
    },
  };
  if (about === undefined) await open(ctx, opening);
  else await openAbout(ctx, opening, about);
  for (const kind of new Set([channel, ...deskChannels(ctx)])) ctx.wake(kind);
  return TAKEN;
}

/** The ticket of whoever answers a notice knows it. */
async function openAbout(ctx: Context, opening: Opening, { id }: Answered): Promise<void> {
  await transact(ctx, { type: 'system' }, async act => {
    const opened = await open(act, opening, act.tx);
    if (opened !== undefined) await keepAbout(act, opened.number, id);
  });
}

/** A letter may show that its writer is a contact, or is one no longer: then all that depends on it is looked up again. */
async function meet(ctx: Context, arrived: Arrived, sender: SenderFacts): Promise<SenderFacts> {
  if (!arrived.letter.vouched || !sender.unmet) return sender;
  await transact(ctx, { type: 'system' }, async act =>
    meetContact(act, await recognise(act, arrived.channel, arrived.letter.from), arrived),
  );
  return lookUpSender(ctx, arrived);
}

function requestOf(ctx: Context, { letter }: Arrived, follows: number | undefined): TicketRequest {
  const { departments, priorities, mail, staff, desk } = ctx.policy;
  const subject = oneLine(bareSubject(letter.subject), 120);
  const regular = priorities.find(({ critical }) => !critical);
  const files = letter.files ?? [];
  const empty = isBlank(letter.text);
  const said = (key: string): string => ctx.phrases.say(staff.language, key);
  const facts = factsIn(plain(letter.text));
  return {
    department: departmentFor(mail, letter.to, letter.subject, departments[0]?.id ?? ''),
    priority: regular?.id ?? '',
    subject: isBlank(subject)
      ? plain(ctx.phrases.say(letter.from.locale ?? desk.language, 'letter-no-subject'))
      : subject,
    description: letter.unreadable
      ? said('letter-unreadable')
      : empty
        ? said(files.length > 0 ? 'letter-files' : 'letter-empty')
        : letter.text,
    facts: { ...facts, ...(follows !== undefined && { follows: `#${follows}` }) },
    serviceId: null,
  };
}

function wantsOf(
  ctx: Context,
  { letter }: Arrived,
  { department, facts }: TicketRequest,
  sender: SenderFacts,
): Wanted[] {
  const { kind = 'technical', general } = ctx.policy.departments.find(({ id }) => id === department) ?? {};
  return missingFor({
    facts,
    hasWords: !isBlank(letter.text) || (letter.files ?? []).length > 0,
    technical: kind === 'technical' && general !== true,
    knownService: sender.services === 1,
  });
}

/** Who is not known for certain is told what that means, in the same words whoever they are and whatever is on file. */
function moreOf(
  ctx: Context,
  locale: string,
  wants: readonly Wanted[],
  { unproved, whole }: { readonly unproved: boolean; readonly whole: boolean },
): string {
  const { phrases } = ctx;
  const label = (one: Wanted): string => `- ${literalInline(plain(phrases.say(locale, `field-${one}`)))}`;
  return [
    ...(whole ? [] : [phrases.say(locale, 'letter-too-large')]),
    ...(wants.length === 0 ? [] : [phrases.say(locale, 'letter-missing'), wants.map(label).join('\n')]),
    ...(unproved ? [phrases.say(locale, 'letter-prove'), ...areaOf(ctx)] : []),
  ].join('\n\n');
}

/** The address of the client area, where the policy has one. */
function areaOf({ policy }: Pick<Context, 'policy'>): string[] {
  const area = policy.trust.client_area?.replace('{ticket}', '');
  return area === undefined ? [] : [`<${area}>`];
}

/** Whoever has to prove first is told so once in this time, in ms: whose name somebody else writes in gets one mail a day of it. */
const TOLD_MS = 86_400_000;

/** The letter is kept aside, and whoever wrote it is told how to prove who they are. */
async function answerHow(ctx: Context, arrived: Arrived, locale: string, { need }: HowTo): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async act => {
    const { channel, letter } = arrived;
    if (!(await takeOnce(act, channel, letter.eventId))) return TAKEN;
    // The handle is locked with that: of two letters at once the second finds the first.
    const handle = await recognise(act, channel, letter.from);
    const { space, externalId } = letter.from;
    const told = await act.tx`
      select from aside where channel = ${channel} and sender = ${externalId} and space = ${space} and why = 'proof'
        and told and at > ${new Date(act.at.getTime() - TOLD_MS)} limit 1`;
    await keepAside(act, arrived, 'proof', { told: told.count === 0 });
    if (told.count > 0) return ASIDE;
    const place = await ownPlace(act, handle);
    const address = handle.externalId;
    await act.tx`update place set address = coalesce(address, ${address}) where id = ${place.id}
      and not exists (select from place where channel = ${channel} and address = ${address})`;
    // The ways of a chat are none here: there is no button, and what is written back is a mail.
    const how = act.phrases.say(locale, need === 'fresh' ? 'letter-how-fresh' : 'letter-how');
    const content = {
      say: 'letter-refused',
      args: { how: raw([how, ...areaOf(act)].join('\n\n')) },
      locale,
      subject: 'letter-refused-subject',
    } as const;
    enqueue(act, { placeId: place.id, role: 'customer', kind: 'post', class: 'reply', content });
    return ASIDE;
  });
}
