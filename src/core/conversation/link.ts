import type { Handle } from '../actor.ts';
import type { Answer, Button, ChannelKind, FormView, Submitted } from '../channel/index.ts';
import { type Act, as, type Context, channelOf, transact } from '../context.ts';
import {
  canMail,
  howToProve,
  languageOf,
  linkButton,
  mailCode,
  offeredIn,
  type Redeemed,
  recognise,
  redeem,
} from '../identity/index.ts';
import { oneLine, plain } from '../text/index.ts';
import { proveTickets } from '../ticket/index.ts';

/** The ticket that a proof is for; `strictly` when the person was asked for just this one. */
export interface ProofFor {
  readonly ticket?: number;
  readonly strictly: boolean;
}

/** What came of something that was offered as proof. */
interface Tried {
  readonly done: boolean;
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** Proof in one go: a code works or not; for an address a code is sent, if it is on file. With nothing given it is asked for. */
export async function link(act: Act, owner: Handle, text: string, of: ProofFor): Promise<Answer> {
  if (text.trim() === '') return askForProof(act, owner, of.ticket);
  const { done: _, ...answer } = await tryProof(act, owner, text, of);
  return { type: 'say', ...answer };
}

/** A form for the code or the address; where there are no forms, how to write it. */
export function askForProof(act: Act, owner: Handle, ticket?: number): Answer {
  if (channelOf(act, owner.channel).limits.forms === 'none')
    return { type: 'say', text: act.phrases.say(owner.locale, 'link-type-it') };
  return { type: 'form', form: proofForm(act, owner.locale, ticket) };
}

function proofForm(ctx: Context, locale: string, ticket?: number, error?: string): FormView {
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  return {
    page: 'link',
    draft: ticket === undefined ? '' : String(ticket),
    locale,
    title: say('link-title'),
    submit: say('form-submit'),
    close: say('form-cancel'),
    fields: [
      {
        id: 'proof',
        kind: 'text',
        label: say(canMail(ctx) ? 'link-field' : 'link-field-code'),
        hint: say('link-field-hint'),
        placeholder: 'ABCD-2345-EFGH-6789',
        required: true,
        maxLength: 300,
        error,
      },
    ],
  };
}

/** The form was sent. One that did not work leaves no receipt: the same window may be sent again. */
export async function submitProof(ctx: Context, channel: ChannelKind, sent: Submitted): Promise<Answer> {
  const locale = await languageOf(ctx, ctx.database.sql, channel, sent.from);
  return transact(ctx, { type: 'system' }, async act => {
    const owner = await recognise(act, channel, sent.from);
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${sent.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    if (once.count === 0) return { type: 'nothing' };
    const ticket = /^[1-9]\d{0,14}$/.test(sent.draft) ? Number(sent.draft) : undefined;
    const customer = as(act, { type: 'customer', handle: owner });
    const tried = await tryProof(customer, owner, sent.values.proof ?? '', { ticket, strictly: true });
    if (tried.done)
      return {
        type: 'say',
        text: tried.text,
        buttons: tried.buttons,
        done: true,
        title: titleOf(act, locale),
      };
    await act.tx`delete from receipt where channel = ${channel} and event_id = ${sent.eventId}`;
    const form = proofForm(ctx, locale, ticket, plain(tried.text));
    return { type: 'faults', form, text: '', retry: linkButton(ctx, locale, ticket) };
  });
}

const titleOf = (ctx: Context, locale: string): string => plain(ctx.phrases.say(locale, 'link-title'));

async function tryProof(
  act: Act,
  owner: Handle,
  text: string,
  { ticket, strictly }: ProofFor,
): Promise<Tried> {
  const offered = offeredIn(text);
  if (offered.kind === 'address') return askByMail(act, owner, offered.address, ticket);
  const named = ticket === undefined || strictly ? ticket : await ownOf(act, owner, ticket);
  const proof = await redeem(act, owner, offered, named, strictly);
  if (proof === undefined)
    return { done: false, text: act.phrases.say(owner.locale, 'link-failed'), buttons: [] };
  const verified = await proveTickets(act, owner, proof);
  return { done: true, text: linkedWords(act, owner, proof, verified), buttons: [unlinkButton(act, owner)] };
}

async function askByMail(act: Act, owner: Handle, address: string, ticket?: number): Promise<Tried> {
  if (!canMail(act)) return { done: true, ...howToProve(act, owner.locale), text: noMail(act, owner.locale) };
  await mailCode(act, owner, address);
  const buttons = [linkButton(act, owner.locale, ticket)];
  return { done: true, text: act.phrases.say(owner.locale, 'link-mail-asked'), buttons };
}

const noMail = (ctx: Context, locale: string): string =>
  `${ctx.phrases.say(locale, 'link-no-mail')}\n\n${howToProve(ctx, locale).text}`;

async function ownOf(act: Act, owner: Handle, ticket: number): Promise<number | undefined> {
  const own = await act.tx`select from ticket where id = ${ticket} and handle_id = ${owner.id}`;
  return own.count === 1 ? ticket : undefined;
}

function linkedWords(act: Act, { locale }: Handle, proof: Redeemed, verified: readonly number[]): string {
  const args = { contact: oneLine(proof.contact, 80), account: oneLine(proof.account, 80) };
  const key = proof.first ? 'linked-now' : 'proved-again';
  const lines = verified.map(number => act.phrases.say(locale, 'proved-for', { number }));
  return [act.phrases.say(locale, key, args), ...lines].join('\n\n');
}

/** Whoever followed a link that somebody else gave them can undo it at once. */
function unlinkButton(act: Act, { locale }: Handle): Button {
  return { action: 'me-unlink', label: oneLine(plain(act.phrases.say(locale, 'button-unlink')), 40) };
}
