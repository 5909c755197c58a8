import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Handle } from '../actor.ts';
import type { Answer, Button, FormView, InboundFile, Submitted } from '../channel/index.ts';
import { type Act, type Context, channelOf, transact } from '../context.ts';
import { type HowTo, languageOf, recognise } from '../identity/index.ts';
import { plain } from '../text/index.ts';
import { deskChannels, open, type TicketRequest } from '../ticket/index.ts';
import { changeDraft, endDraft, keepDraft, keepFiles, ownDraft } from './drafts.ts';
import { type Beginning, checkOptions, choicesOf, firstValues, showForm } from './form.ts';
import { proofWanted } from './guard.ts';
import type { Faults, Values } from './model.ts';
import { choicesOfOwn } from './own.ts';
import { checkForm } from './rules/check.ts';
import { fieldsFor } from './rules/fields.ts';
import { isNone, type ServiceChoice } from './rules/services.ts';

interface Form {
  readonly channel: string;
  readonly inbound: Submitted;
  readonly locale: string;
}

/** A filled form: becomes a ticket, or comes back with what is missing. Its receipt is kept with the ticket, not with a refusal. */
export async function submit(ctx: Context, channel: string, inbound: Submitted): Promise<Answer> {
  const locale = await languageOf(ctx, ctx.database.sql, channel, inbound.from);
  const form = { channel, inbound, locale };
  if (inbound.draft !== '' || inbound.page !== 'all') return submitPage(ctx, form);
  const { sql } = ctx.database;
  const own = (): Promise<ServiceChoice[]> =>
    choicesOfOwn(sql, { channel, ...inbound.from }, inbound.values.about);
  // Who picked no service is not asked which they have: that would be a statement more for every ticket.
  const services = isNone(inbound.values.about ?? '') ? [] : await own();
  const checked = checkForm(inbound.values, checkOptions(ctx, locale, services));
  if (!checked.ok)
    return faultsAnswer(ctx, inbound, { ...form, services: await own() }, inbound.values, checked.faults);
  const wanted = await proofWanted(ctx, sql, { channel, sender: inbound.from, locale }, checked.request);
  // The window stays, with all that was typed: it can be sent again once it is proved.
  if (wanted !== undefined) return { type: 'say', ...wanted };
  const kept = { near: inbound.place ?? null, files: inbound.files ?? [] };
  const answer = await openNow(ctx, form, checked.request, kept);
  for (const kind of new Set([channel, ...deskChannels(ctx)])) ctx.wake(kind);
  return answer;
}

async function openNow(
  ctx: Context,
  from: Form,
  request: TicketRequest,
  kept: { readonly near: string | null; readonly files: readonly InboundFile[] },
  run?: SqlRunner,
): Promise<Answer> {
  const { channel, inbound, locale } = from;
  const opening = {
    channel,
    from: inbound.from,
    locale,
    request,
    eventId: inbound.eventId,
    sharedPlaceId: null,
    ...kept,
  };
  const opened = await open(ctx, opening, run);
  if (opened === undefined) return { type: 'nothing' };
  const { say, args } = opened.acknowledgement;
  const title = plain(ctx.phrases.say(locale, 'opened-title', { number: opened.number }));
  return { type: 'say', text: ctx.phrases.say(locale, say, args), done: true, title };
}

/** Where windows are small, the form comes in two: what was given waits in a draft. */
async function submitPage(ctx: Context, from: Form): Promise<Answer> {
  const { channel, inbound, locale } = from;
  return transact(ctx, { type: 'system' }, async act => {
    const owner = await recognise(act, channel, inbound.from);
    const draft = inbound.draft === '' ? undefined : await ownDraft(act, owner, inbound.draft);
    const values = { ...draft?.values, ...inbound.values };
    const near = draft?.near ?? inbound.place ?? null;
    const files = [...(draft?.files ?? []), ...(inbound.files ?? [])];
    const services = await choicesOfOwn(act.tx, { handleId: owner.id }, values.about);
    const checked = checkForm(values, checkOptions(ctx, locale, services));
    const wanted = checked.ok
      ? await proofWanted(ctx, act.tx, { channel, sender: inbound.from, locale }, checked.request)
      : undefined;
    if (checked.ok && wanted === undefined) {
      if (draft !== undefined) await endDraft(act, draft.id);
      wakeAll(act);
      return openNow(act, from, checked.request, { near, files }, act.tx);
    }
    const id = draft?.id ?? (await keepDraft(act, owner, values, near));
    if (draft !== undefined) await changeDraft(act, id, values, null);
    await keepFiles(act, id, files);
    if (wanted !== undefined) return proveFirst(ctx, locale, id, wanted);
    const again = { ...inbound, draft: String(id) };
    return faultsAnswer(ctx, again, { locale, services }, values, checked.ok ? {} : checked.faults);
  });
}

/** What was typed is kept: one button proves, the other sends the form again. */
function proveFirst(ctx: Context, locale: string, draftId: number, { text, buttons }: HowTo): Answer {
  const label = plain(ctx.phrases.say(locale, 'form-send-again'));
  return { type: 'say', text, buttons: [...buttons, { action: `form:${draftId}:base`, label }] };
}

function wakeAll(act: Act): void {
  for (const kind of act.channels.keys()) act.touched.add(kind);
}

/** Shows the page with the first fault; where only the second page was not asked for yet, that is said, not blamed. */
function faultsAnswer(
  ctx: Context,
  inbound: Submitted,
  { locale, services }: { readonly locale: string; readonly services: readonly ServiceChoice[] },
  values: Values,
  faults: Faults,
): Answer {
  const small = inbound.page !== 'all';
  const onBase = fieldsFor({}, choicesOf(ctx, services)).some(field => faults[field.id] !== undefined);
  const page = small ? (onBase ? 'base' : 'facts') : 'all';
  const fresh = page === 'facts' && inbound.page === 'base';
  const shown = fresh ? {} : faults;
  const form = showForm(ctx, { page, locale, values, faults: shown, draft: inbound.draft, services });
  const retry: Button = {
    action: `form:${inbound.draft}:${page}`,
    label: plain(ctx.phrases.say(locale, fresh ? 'form-add-facts' : 'form-correct')),
    style: 'primary',
  };
  return {
    type: 'faults',
    form,
    text: ctx.phrases.say(locale, fresh ? 'form-needs-facts' : 'form-not-accepted', {
      count: form.fields.length,
    }),
    retry,
  };
}

/** The form as it is first shown: whole, or its first page. */
export async function firstForm(
  act: Act,
  channel: string,
  owner: Handle,
  beginning: Beginning,
): Promise<Answer> {
  const { forms } = channelOf(act, channel).limits;
  const small = forms !== 'none' && forms.fields < 8;
  const { locale } = owner;
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, beginning.service);
  const values = firstValues(act, beginning, services);
  const page = small ? 'base' : 'all';
  return { type: 'form', form: showForm(act, { page, locale, values, faults: {}, draft: '', services }) };
}

/** The form on a page of the desk's own, whole, with what was given so far. */
export async function formOn(act: Act, owner: Handle, given: Values): Promise<FormView> {
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, given.about);
  const values = { ...firstValues(act, { subject: '' }, services), ...given };
  return showForm(act, { page: 'all', locale: owner.locale, values, faults: {}, draft: '', services });
}

/** A form that was filled there, in the transaction of who is signed in: it becomes a ticket, or comes back with what is missing. */
export async function submitOn(act: Act, owner: Handle, inbound: Submitted): Promise<Answer> {
  const { locale } = owner;
  const services = await choicesOfOwn(act.tx, { handleId: owner.id }, inbound.values.about);
  const checked = checkForm(inbound.values, checkOptions(act, locale, services));
  if (!checked.ok) return faultsAnswer(act, inbound, { locale, services }, inbound.values, checked.faults);
  const sender = { channel: owner.channel, sender: inbound.from, locale };
  const wanted = await proofWanted(act, act.tx, sender, checked.request);
  if (wanted !== undefined) return { type: 'say', ...wanted };
  wakeAll(act);
  const from = { channel: owner.channel, inbound, locale };
  return openNow(act, from, checked.request, { near: null, files: inbound.files ?? [] }, act.tx);
}
