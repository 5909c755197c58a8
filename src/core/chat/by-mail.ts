import type { Handle } from '../actor.ts';
import type { Answer, FormView, Submitted } from '../channel/index.ts';
import { type Act, as, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { acquaint, canMail, offeredIn, recognise } from '../identity/index.ts';
import { ownPlace } from '../outbox/index.ts';
import { MAIL } from '../preference/index.ts';
import { plain } from '../text/index.ts';
import { lockOwnTicket, readNumber, tellDesk } from '../ticket/index.ts';

/** Addresses that can be given for one chat: nobody's mailbox is filled by a stranger who tries many. */
const ADDRESSES = 3;
/** RFC 5321 §4.5.3.1.3. */
const LONGEST = 254;

/** Asks for the address to which answers go that nobody sees in the bubble. */
export async function byMailForm(act: Act, owner: Handle, typed: string): Promise<Answer> {
  if (!canMail(act)) throw new Refusal('not-by-mail');
  const { id } = await lockOwnTicket(act, owner, readNumber(typed));
  return { type: 'form', form: formFor(act, owner.locale, String(id)) };
}

function formFor(
  ctx: Context,
  locale: string,
  draft: string,
  given?: { readonly value: string; readonly error: string },
): FormView {
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  const address = {
    id: 'address',
    kind: 'text',
    label: say('by-mail-address'),
    hint: say('by-mail-hint'),
    placeholder: 'ana@example.com',
    required: true,
    maxLength: LONGEST,
    ...given,
  } as const;
  return {
    page: 'by-mail',
    draft,
    locale,
    title: say('by-mail-title'),
    submit: say('form-submit'),
    close: say('form-cancel'),
    fields: [address],
  };
}

/** The ticket has a second place, in that mailbox, from now on. Nothing is sent there before somebody has answered. */
export async function submitByMail(ctx: Context, channel: string, sent: Submitted): Promise<Answer> {
  return transact(ctx, { type: 'system' }, async base => {
    const owner = await recognise(base, channel, sent.from);
    const act = as(base, { type: 'customer', handle: owner });
    if (!canMail(act)) throw new Refusal('not-by-mail');
    const value = sent.values.address ?? '';
    const offered = offeredIn(value);
    const say = (key: string, args = {}): string => act.phrases.say(owner.locale, key, args);
    if (offered.kind !== 'address' || offered.address.length > LONGEST) {
      const form = formFor(act, owner.locale, sent.draft, { value, error: plain(say('by-mail-wrong')) });
      return {
        type: 'faults',
        form,
        text: say('by-mail-wrong'),
        retry: { action: `by-mail:${sent.draft}`, label: plain(say('form-correct')) },
      };
    }
    const { address } = offered;
    const number = readNumber(sent.draft);
    // People and places are locked before tickets.
    const mailbox = await acquaint(act, MAIL, { space: '', externalId: address });
    const own = await act.tx`select from ticket where id = ${number} and handle_id = ${owner.id}`;
    const others = await act.tx`
      select from place where ticket_id = ${number} and channel = ${MAIL} and role = 'customer' and handle_id <> ${mailbox.id}`;
    if (own.count === 1 && others.count >= ADDRESSES)
      throw new Refusal('by-mail-enough', { count: ADDRESSES });
    const place = own.count === 1 ? await ownPlace(act, mailbox, number) : undefined;
    const ticket = await lockOwnTicket(act, owner, number);
    if (place === undefined) throw new Refusal('ticket-not-found', { number });
    if (place.isNew) {
      const isProved = await isTheirs(act, owner, mailbox);
      await tellDesk(act, ticket.id, {
        say: isProved ? 'desk-by-mail' : 'desk-by-mail-unproved',
        args: {},
        locale: act.policy.staff.language,
      });
    }
    return {
      type: 'say',
      text: say('by-mail-thanks', { address }),
      done: true,
      title: plain(say('by-mail-title')),
    };
  });
}

/** Whether a mailbox is that of the contact whom somebody has proved to be. Any other that is typed may be anybody's, and its words count as the customer's. */
async function isTheirs(
  act: Act,
  owner: Pick<Handle, 'id'>,
  mailbox: Pick<Handle, 'id' | 'externalId'>,
): Promise<boolean> {
  const found = await act.tx`
    select from link own join contact_address a on a.contact_id = own.contact_id
      where own.handle_id = ${owner.id} and a.address = ${mailbox.externalId}
    union all
    select from link own join link l on l.contact_id = own.contact_id
      where own.handle_id = ${owner.id} and l.handle_id = ${mailbox.id}
    limit 1`;
  return found.count > 0;
}
