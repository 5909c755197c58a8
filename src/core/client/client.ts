import type { Answer, FormView, InboundFile } from '../channel/index.ts';
import { WEB } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import { close, escalateOwn, fillNotify, pressNotify, reopenOwn, revoke } from '../conversation/index.ts';
import type { OpenedFile } from '../file/index.ts';
import { formOn, submitOn } from '../intake/index.ts';
import { formIn } from '../preference/index.ts';
import { answerIn, commentOn, rate } from '../rating/index.ts';
import {
  beginSession,
  endSession,
  endSessions,
  findSession,
  type LinkState,
  mailLinks,
  type Session,
  seeLink,
  takeLink,
  takeVoucher,
  type Voucher,
} from '../session/index.ts';
import { isBlank, literal, plain, type SayArgs, tidy } from '../text/index.ts';
import { lockOwnTicket } from '../ticket/index.ts';
import { asClient, type Done, eventOf, forgetOnce, isAgain } from './act.ts';
import { endCalendar, type OwnSettings, ownCalendar, ownNotices, ownSettings } from './settings.ts';
import { type OwnTickets, type OwnTicketView, ownFile, ownTicket, ownTickets, writeOwn } from './tickets.ts';
import { type FormFiles, openFormFiles } from './uploads.ts';

/** Longest message that a page takes, in UTF-16 units. */
export const MESSAGE = 10_000;

/** A form that was sent: the id it carried, which makes it count once. */
export interface SentOnce {
  readonly once: string;
}

/** What came of a form that opens a ticket. */
export type Opened =
  | { readonly is: 'opened' }
  | { readonly is: 'faults'; readonly form: FormView; readonly text: string }
  /** They must prove first who they are: CommonMark. */
  | { readonly is: 'proof-first'; readonly text: string };

/** The pages of one's own, as HTTP shows them. Whatever is asked is asked as whoever is signed in, and of nobody else's it tells nothing. */
export interface ClientApi {
  /** Where the desk is reached from outside, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Plain words of the desk. */
  say(locale: string, key: string, args?: SayArgs): string;
  match(language: string | undefined): string;
  readonly languages: readonly { readonly locale: string; readonly name: string }[];
  readonly now: () => Date;
  /** Whether links can be sent by mail. */
  readonly canMail: boolean;
  /** Names and limits of files. */
  readonly files: { readonly perMessage: number; readonly maxSize: number };

  /** Sends links to an address, if it is on file; nobody learns whether it is. `browser`: what the browser holds. */
  ask(address: string, browser: string, locale: string): Promise<void>;
  seeLink(token: string, browser: string): Promise<LinkState>;
  /** Takes a link. Returns what the browser is to hold from now on; undefined for one that does not work here. */
  takeLink(token: string, browser: string, agent: string): Promise<string | undefined>;
  /** Somebody else vouches for them. Undefined for whom the desk does not know, and for what was taken before. */
  vouch(voucher: Voucher, agent: string): Promise<string | undefined>;
  /** Whose key that is, by name; undefined for whom the desk does not know. */
  known(ref: string): Promise<{ readonly contact: string; readonly account: string } | undefined>;
  /** `language`: the browser's, for a contact of whom none is known. */
  find(cookie: string, language?: string): Promise<Session | undefined>;
  signOut(session: Session): Promise<void>;

  tickets(session: Session, page: number): Promise<Done<OwnTickets>>;
  ticket(session: Session, id: number): Promise<Done<OwnTicketView>>;
  write(session: Session, sent: SentOnce & Written): Promise<Done<void>>;
  move(session: Session, sent: SentOnce & { readonly id: number; readonly to: string }): Promise<Done<void>>;
  rate(session: Session, sent: SentOnce & Rated): Promise<Done<void>>;
  file(session: Session, ticketId: number, fileId: number): Promise<Done<OpenedFile | undefined>>;
  form(session: Session, values: Readonly<Record<string, string>>): Promise<Done<FormView>>;
  open(session: Session, sent: SentOnce & Filled): Promise<Done<Opened>>;
  readonly uploads: FormFiles;

  notices(session: Session): Promise<Done<string>>;
  settings(session: Session): Promise<Done<OwnSettings>>;
  /** A button of `/ticket notify`: `notify-first:abuse:12`. */
  pressNotify(session: Session, sent: SentOnce & { readonly action: string }): Promise<Done<void>>;
  /** A form of `/ticket notify`, by its key: what was done, or what is wrong, in CommonMark. */
  fillNotify(
    session: Session,
    sent: SentOnce & { readonly form: string; readonly values: Readonly<Record<string, string>> },
  ): Promise<Done<{ readonly done: boolean; readonly text: string }>>;
  calendar(session: Session, sent: SentOnce & { readonly on: boolean }): Promise<Done<string | undefined>>;
  unlink(session: Session, handleId: string): Promise<Done<void>>;
  endSession(session: Session, id: number): Promise<Done<void>>;
  endOthers(session: Session): Promise<Done<void>>;
}

interface Written {
  readonly id: number;
  readonly text: string;
  readonly files: readonly InboundFile[];
}

interface Rated {
  readonly id: number;
  readonly answer: string;
  readonly comment: string;
}

interface Filled {
  readonly values: Readonly<Record<string, string>>;
  readonly files: readonly InboundFile[];
}

/** The pages over a context; undefined where they cannot be: the desk has no public address, or was made without them. */
export function createClient(ctx: Context): ClientApi | undefined {
  const { links } = ctx.files;
  if (links === undefined || !ctx.channels.has(WEB)) return undefined;
  const { phrases, policy } = ctx;
  return {
    publicUrl: () => ctx.files.links?.publicUrl ?? links.publicUrl,
    say: (locale, key, args) => plain(phrases.say(locale, key, args)),
    match: language => phrases.match(language),
    languages: phrases
      .locales()
      .map(locale => ({ locale, name: phrases.say(locale, `notify-language-${locale}`) })),
    now: ctx.now,
    canMail: ctx.channels.has('email'),
    files: { perMessage: policy.files.per_message, maxSize: policy.files.max_size },
    ...signingIn(ctx),
    ...ofTickets(ctx),
    ...ofSettings(ctx),
    uploads: openFormFiles(ctx),
  };
}

type SigningIn = Pick<ClientApi, 'ask' | 'seeLink' | 'takeLink' | 'vouch' | 'known' | 'find' | 'signOut'>;

function signingIn(ctx: Context): SigningIn {
  const system = { type: 'system' } as const;
  return {
    ask: (address, browser, locale) => transact(ctx, system, act => mailLinks(act, address, browser, locale)),
    seeLink: (token, browser) =>
      seeLink({ tx: ctx.database.sql, at: ctx.now(), phrases: ctx.phrases }, token, browser),
    takeLink: (token, browser, agent) =>
      transact(ctx, system, async act => {
        const taken = await takeLink(act, token, browser);
        return taken && beginSession(act, taken, agent);
      }),
    vouch: (voucher, agent) =>
      transact(ctx, system, async act => {
        const taken = await takeVoucher(act, voucher);
        return taken && beginSession(act, taken, agent);
      }),
    known: async ref => {
      const [row] = await ctx.database.sql<{ contact: string; account: string }[]>`
        select c.name as contact, a.name as account from contact c join account a on a.id = c.account_id
        where c.ref = ${ref} and a.state <> 'closed'`;
      return row;
    },
    find: (cookie, language) => findSession(ctx, cookie, language),
    signOut: ({ contactId, id }) =>
      transact(ctx, system, async act => void (await endSession(act, contactId, id))),
  };
}

type OfTickets = Pick<ClientApi, 'tickets' | 'ticket' | 'write' | 'move' | 'rate' | 'file' | 'form' | 'open'>;

function ofTickets(ctx: Context): OfTickets {
  return {
    tickets: (session, page) => asClient(ctx, session, (act, owner) => ownTickets(act, owner, page)),
    ticket: (session, id) => asClient(ctx, session, (act, owner) => ownTicket(act, owner, id)),
    write: (session, { once, id, text, files }) =>
      asClient(ctx, session, async (act, owner) => {
        if (await isAgain(act, session, once)) return;
        // What is typed on a page is plain text.
        await writeOwn(act, owner, id, literal(tidy(text).slice(0, MESSAGE)), files);
      }),
    move: (session, { once, id, to }) =>
      asClient(ctx, session, async (act, owner) => {
        if (await isAgain(act, session, once)) return;
        if (to === 'close') await close(act, owner, id);
        else if (to === 'reopen') await reopenOwn(act, owner, id);
        else if (to === 'escalate') await escalateOwn(act, owner, id, '');
      }),
    rate: (session, { once, id, answer, comment }) =>
      asClient(ctx, session, async (act, owner) => {
        const how = answerIn(answer);
        if (how === undefined || (await isAgain(act, session, once))) return;
        await rate(act, await lockOwnTicket(act, owner, id), how);
        if (!isBlank(comment)) await commentOn(act, await lockOwnTicket(act, owner, id), comment);
      }),
    file: (session, ticketId, fileId) =>
      asClient(ctx, session, (act, owner) => ownFile(ctx, act, owner, ticketId, fileId)),
    form: (session, values) => asClient(ctx, session, (act, owner) => formOn(act, owner, values)),
    open: (session, { once, values, files }) =>
      asClient(ctx, session, async (act, owner) => {
        const from = { space: '', externalId: session.ref, name: session.name, locale: session.locale };
        const eventId = eventOf(session, once);
        const base = {
          type: 'submitted',
          draft: '',
          page: 'all',
          at: act.at,
          eventId,
          from,
          values,
          files,
        } as const;
        return openedBy(await submitOn(act, owner, base));
      }),
  };
}

/** What a form is answered with, as pages show it. */
function openedBy(answer: Answer): Opened {
  if (answer.type === 'faults') return { is: 'faults', form: answer.form, text: plain(answer.text) };
  if (answer.type === 'say' && answer.done !== true) return { is: 'proof-first', text: answer.text };
  return { is: 'opened' };
}

type OfSettings = Pick<
  ClientApi,
  'notices' | 'settings' | 'pressNotify' | 'fillNotify' | 'calendar' | 'unlink' | 'endSession' | 'endOthers'
>;

function ofSettings(ctx: Context): OfSettings {
  return {
    notices: session => asClient(ctx, session, (act, owner) => ownNotices(act, owner, session)),
    settings: session => asClient(ctx, session, (act, owner) => ownSettings(act, owner, session)),
    pressNotify: (session, { once, action }) =>
      asClient(ctx, session, async (act, owner) => {
        if (!(await isAgain(act, session, once))) await pressNotify(act, owner, action);
      }),
    fillNotify: (session, { once, form, values }) =>
      asClient(ctx, session, async (act, owner) => {
        const known = formIn(form);
        if (known === undefined || (await isAgain(act, session, once))) return { done: true, text: '' };
        const tried = await fillNotify(act, owner, known, values);
        // Sent again it is tried again.
        if (!('done' in tried)) await forgetOnce(act, session, once);
        return 'done' in tried ? { done: true, text: tried.done } : { done: false, text: tried.error };
      }),
    calendar: (session, { once, on }) =>
      asClient(ctx, session, async (act, owner) => {
        if (await isAgain(act, session, once)) return undefined;
        if (on) return ownCalendar(act, owner);
        await endCalendar(act, owner);
        return undefined;
      }),
    unlink: (session, handleId) =>
      asClient(ctx, session, async (act, owner) => void (await revoke(act, owner, handleId, session.id))),
    endSession: (session, id) =>
      asClient(ctx, session, async act => void (await endSession(act, session.contactId, id))),
    endOthers: session => asClient(ctx, session, act => endSessions(act, session.contactId, session.id)),
  };
}
