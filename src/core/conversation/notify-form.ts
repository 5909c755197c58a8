import { mailSchema, zoneSchema } from '../account/index.ts';
import type { Handle } from '../actor.ts';
import type { Answer, Button, ChannelKind, Submitted } from '../channel/index.ts';
import { type Act, as, type Context, transact } from '../context.ts';
import { languageOf, recognise } from '../identity/index.ts';
import {
  addAddress,
  confirmTyped,
  formIn,
  formKey,
  mayChangeAddresses,
  minutesIn,
  type NotifyForm,
  ownContact,
  setWishes,
} from '../preference/index.ts';
import { oneLine, plain } from '../text/index.ts';
import { showNotify } from './notify.ts';
import { formView } from './notify-window.ts';

type Values = Readonly<Record<string, string>>;

/** What came of a form: words of what was done, or what is wrong at which field. */
export type Tried = { readonly done: string } | { readonly field: string; readonly error: string };

/** A filled form. One that did not do leaves no receipt: the same window may be sent again. */
export async function submitNotify(ctx: Context, channel: ChannelKind, sent: Submitted): Promise<Answer> {
  const form = formIn(sent.draft);
  if (form === undefined) return { type: 'nothing' };
  const locale = await languageOf(ctx, ctx.database.sql, channel, sent.from);
  return transact(ctx, { type: 'system' }, async act => {
    const owner = await recognise(act, channel, sent.from);
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${sent.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    if (once.count === 0) return { type: 'nothing' };
    const customer = as(act, { type: 'customer', handle: owner });
    const tried = await fillNotify(customer, owner, form, sent.values);
    if ('done' in tried) {
      const { text, buttons } = await showNotify(customer, owner, tried.done);
      const title = plain(ctx.phrases.say(locale, `notify-form-${form.of}`));
      return { type: 'say', text, buttons, done: true, title };
    }
    await act.tx`delete from receipt where channel = ${channel} and event_id = ${sent.eventId}`;
    const shown = formView(ctx, locale, form, sent.values, { [tried.field]: tried.error });
    return {
      type: 'faults',
      form: shown,
      text: ctx.phrases.say(locale, 'form-not-accepted'),
      retry: retryOf(ctx, locale, form),
    };
  });
}

function retryOf(ctx: Context, locale: string, form: NotifyForm): Button {
  return {
    action: `notify-${formKey(form)}`,
    label: oneLine(plain(ctx.phrases.say(locale, 'form-correct')), 40),
    style: 'primary',
  };
}

/** What a person typed in place of a form; undefined when it cannot be an answer to it, and is a message as any other. */
export async function answerNotify(
  act: Act,
  owner: Handle,
  form: NotifyForm,
  typed: string,
): Promise<Answer | undefined> {
  const text = plain(typed).trim();
  const values = valuesIn(form, text);
  if (values === undefined) return undefined;
  const tried = await fillNotify(act, owner, form, values);
  return 'done' in tried ? showNotify(act, owner, tried.done) : { type: 'say', text: tried.error };
}

function valuesIn({ of }: NotifyForm, text: string): Values | undefined {
  if (of === 'add') return /^\S*@\S*$/u.test(text) ? { address: text } : undefined;
  if (of === 'code') return /^[\w-]{4}[\w\s-]{4,40}$/u.test(text) ? { code: text } : undefined;
  if (/^[A-Za-z_]+\/[\w/+-]+$/.test(text)) return { zone: text };
  const [, from = '', to = ''] = /^(\d[\d:.]*)\s*(?:\p{Pd}|to|do)\s*(\d[\d:.]*)$/u.exec(text) ?? [];
  return from === '' ? undefined : { from, to };
}

/** Does what a filled form asks for. */
export async function fillNotify(act: Act, owner: Handle, form: NotifyForm, values: Values): Promise<Tried> {
  switch (form.of) {
    case 'add':
      return add(act, owner, form, values);
    case 'code':
      return enterCode(act, owner, values);
    case 'hours':
      return hours(act, owner, values);
  }
}

const wrong = (act: Act, owner: Handle, field: string, key: string): Tried => ({
  field,
  error: plain(act.phrases.say(owner.locale, key)),
});

async function add(
  act: Act,
  owner: Handle,
  { type }: Extract<NotifyForm, { of: 'add' }>,
  { address = '' }: Values,
): Promise<Tried> {
  const contactId = await mayChangeAddresses(act, owner);
  const read = mailSchema.safeParse(address);
  if (!read.success) return wrong(act, owner, 'address', 'notify-fault-address');
  const isReady = await addAddress(act, contactId, type, read.data);
  return {
    done: act.phrases.say(owner.locale, isReady ? 'notify-is-first' : 'notify-code-sent', {
      name: read.data,
    }),
  };
}

/** A wrong code is counted, so nothing may be thrown here: that would undo the count. */
async function enterCode(act: Act, owner: Handle, { code = '' }: Values): Promise<Tried> {
  const confirmed = await confirmTyped(act, await ownContact(act, owner), code);
  if (confirmed === undefined) return wrong(act, owner, 'code', 'notify-fault-code');
  return { done: act.phrases.say(owner.locale, 'notify-confirmed', { name: confirmed.address }) };
}

/** An empty field takes the quiet, or the zone of one's own, away; one that is absent stays as it is. */
async function hours(act: Act, owner: Handle, { from, to, zone, language }: Values): Promise<Tried> {
  const contactId = await ownContact(act, owner);
  const none = (from ?? '').trim() === '' && (to ?? '').trim() === '';
  const [begin, end] = [minutesIn(from ?? ''), minutesIn(to ?? '')];
  if (!none && begin === undefined) return wrong(act, owner, 'from', 'notify-fault-time');
  if (!none && (end === undefined || begin === end)) return wrong(act, owner, 'to', 'notify-fault-time');
  const named = (zone ?? '').trim();
  const read = named === '' ? undefined : zoneSchema.safeParse(named);
  if (read !== undefined && !read.success) return wrong(act, owner, 'zone', 'notify-fault-zone');
  if (language !== undefined && !act.phrases.locales().includes(language))
    return wrong(act, owner, 'language', 'fault-choice');
  const quiet = begin === undefined || end === undefined ? null : { from: begin, to: end };
  await setWishes(act, contactId, {
    ...(from !== undefined && { quiet }),
    ...(zone !== undefined && { zone: read?.data ?? null }),
    ...(language !== undefined && { locale: language }),
  });
  return { done: act.phrases.say(owner.locale, 'notify-saved') };
}
