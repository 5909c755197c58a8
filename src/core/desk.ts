import { type Accounts, createAccounts } from './account/index.ts';
import { type AlertsSent, type AlertsTaken, takeAlerts } from './alert/index.ts';
import type { Feed } from './calendar/index.ts';
import type { Answer, Channel, ChannelKind, Inbound } from './channel/index.ts';
import { type ClientApi, createClient } from './client/index.ts';
import type { Context } from './context.ts';
import { accept, createHolds, createInbox, createLookBack } from './conversation/index.ts';
import { createPagePages, readFeed } from './escalation/index.ts';
import { createFileWork, type OpenedFile, openLink } from './file/index.ts';
import { type LinkTokens, makeLinkTokens, type TokenOptions } from './identity/index.ts';
import { createKeys, type Keys } from './key/index.ts';
import { createNotices, type NoticesApi, readCalendar } from './notice/index.ts';
import { createRelay } from './outbox/index.ts';
import {
  type Erased,
  type ExportOptions,
  erasePerson,
  exportPerson,
  type PersonExport,
} from './person/index.ts';
import {
  createNotifications,
  createPages,
  createPreferences,
  type NotificationsApi,
  type Page,
  type Pages,
  type PreferencesApi,
} from './preference/index.ts';
import { createRatePages, type RatePages } from './rating/index.ts';
import { createReach, type ReachApi } from './reach/index.ts';
import { reactions, timerHandlers, timersAtOpening } from './reactions.ts';
import { roundsOf, takeTurns } from './rounds.ts';
import { createStatus, type Keepsake, type StatusApi } from './status/index.ts';
import { askToSubscribe, canSubscribe, subscriberPages } from './subscriber/index.ts';
import { createFilings, passFiles } from './ticket/index.ts';
import { createTimers, createWatch, type TimerHealth } from './timer/index.ts';

/** What a desk is made of. */
export type DeskParts = Omit<
  Context,
  'wake' | 'found' | 'channels' | 'reactions' | 'timersAtOpening' | 'filings'
> & {
  readonly channels: readonly Channel[];
  /** Keeps what the status page shows while the database is away; absent: a restart forgets it. */
  readonly lastKnown?: Keepsake;
};

/** How the desk is doing. */
export interface Health {
  readonly database: boolean;
  /** Ms since the last whole set of rounds; undefined before the first. */
  readonly lastRoundMs: number | undefined;
  /** Undefined when the database does not answer. */
  readonly timers: TimerHealth | undefined;
}

/** What the provider's own programs can ask of the desk; whether they may is for whoever lets them in to look up in `keys`. */
export interface DeskApi {
  readonly keys: Pick<Keys, 'find'>;
  readonly accounts: Pick<Accounts, 'put' | 'get' | 'remove'>;
  /**
   * Makes one-time links and codes with which a contact proves on each platform who they are: called for whoever has just logged in to the
   * provider's own site. They cannot be had again.
   */
  makeLinkTokens(contactRef: string, options?: TokenOptions): Promise<LinkTokens>;
  readonly preferences: PreferencesApi;
  readonly notifications: NotificationsApi;
  readonly notices: NoticesApi;
}

/** Calendars by the first part of their addresses. */
export type Calendars = Readonly<Record<Feed, (token: string) => Promise<string | undefined>>>;

/** A running desk. */
export interface Desk {
  /** Takes an event once; resolves when it is safe in the database. Rejects only when the database does. */
  accept(kind: ChannelKind, inbound: Inbound): Promise<Answer>;
  /**
   * Fetches what was said on a channel while nobody listened, once `connected` has resolved; what comes in from the call on waits for it.
   * Resolves when all was looked at.
   */
  catchUp(kind: ChannelKind, connected?: Promise<unknown>): Promise<void>;
  /** The file behind the token of a link that the desk made; undefined for every other token, whatever is wrong with it. */
  file(token: string): Promise<OpenedFile | undefined>;
  readonly api: DeskApi;
  /** Takes what monitoring tells; resolves when it is safe in the database. Rejects only when the database does. */
  alerts(sent: AlertsSent): Promise<AlertsTaken>;
  /** Everything about a person, by a contact's ref or `channel:id`; undefined when there is none. */
  exportPerson(who: string, options?: ExportOptions): Promise<PersonExport | undefined>;
  /** Erases a person, by a contact's ref or `channel:id`. It cannot be undone. */
  erasePerson(who: string): Promise<Erased>;
  /** What the links of mails lead to. */
  readonly pages: Pages & { readonly page: Page; readonly rate: RatePages };
  /** Calendars behind secret tokens, as iCalendar: of somebody of the staff, and of a contact. Undefined for every other text. */
  readonly calendars: Calendars;
  /** What everybody may see of notices; undefined where the policy wants no such page. */
  readonly status: StatusApi | undefined;
  /** The ways to reach support; undefined where the policy wants no such page. */
  readonly reach: ReachApi | undefined;
  /** The pages of one's own; undefined where they cannot be. */
  readonly client: ClientApi | undefined;
  /**
   * Asks a mailbox whether it wants all that is public; whoever asks learns nothing of it. Undefined where that cannot be: the desk sends no
   * mail, or has no public address.
   */
  readonly subscribe: ((address: string, language: string) => Promise<void>) | undefined;
  /** One tick: all rounds in order. Tests call it after moving time; `start` calls it by itself. */
  tick(): Promise<void>;
  /** Begins to tick, every `TICK_MS`. */
  start(): void;
  /** Takes nothing new, ends what is under way, and writes it down. */
  stop(): Promise<void>;
  health(): Promise<Health>;
}

/** The relay looks for due work this often, in ms, besides being woken by each commit. */
export const TICK_MS = 250;

/** Builds a desk from its parts. It does nothing by itself until `start`. */
export function createDesk({ channels, lastKnown, ...parts }: DeskParts): Desk {
  const wake = (kind: ChannelKind): void => relay.wake(kind);
  const ctx: Context = {
    ...parts,
    channels: new Map(channels.map(channel => [channel.kind, channel])),
    reactions,
    timersAtOpening,
    filings: createFilings(parts.database.sql),
    wake,
    found: (kind, placeId, made) => void lookBack.place(kind, placeId, made),
  };
  const relay = createRelay(ctx);
  const holds = createHolds();
  const inbox = createInbox(ctx, holds);
  const take = async (kind: ChannelKind, inbound: Inbound): Promise<Answer> => {
    const { answer, workAt } = await accept(ctx, kind, inbound);
    // Asked at once: a look-back that is under way goes to this place next.
    if (workAt !== undefined && !holds.isHeld(kind, workAt)) void inbox.work(workAt);
    return answer;
  };
  const work = (placeId: number): void => void inbox.work(placeId);
  const lookBack = createLookBack(ctx, { holds, accept: take, work });
  const files = createFileWork(ctx, passFiles);
  const timers = createTimers(ctx, timerHandlers);
  const watch = createWatch(ctx);
  const status = createStatus(ctx, lastKnown);
  const runRounds = takeTurns(ctx.log, roundsOf(ctx, { inbox, relay, files, timers, status: status.round }));
  let lastRound: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | undefined;

  const tick = async (): Promise<void> => {
    if (await runRounds()) lastRound = ctx.now().getTime();
  };
  return {
    accept: take,
    catchUp: (kind, connected) => lookBack.channel(kind, connected),
    file: token => openLink(ctx, token),
    api: {
      keys: createKeys(ctx),
      accounts: createAccounts(ctx),
      makeLinkTokens: (ref, options) => makeLinkTokens(ctx, ref, options),
      preferences: createPreferences(ctx),
      notifications: createNotifications(ctx),
      notices: createNotices(ctx),
    },
    pages: pagesOf(ctx),
    alerts: sent => takeAlerts(ctx, sent),
    calendars: {
      oncall: token => readFeed(ctx, token),
      calendar: token => readCalendar(ctx, token),
    },
    status: status.api,
    reach: createReach(ctx),
    client: createClient(ctx),
    subscribe: canSubscribe(ctx) ? (address, language) => askToSubscribe(ctx, address, language) : undefined,
    exportPerson: (who, options) => exportPerson(ctx, who, options),
    erasePerson: who => erasePerson(ctx, who),
    tick,
    start() {
      timers.start();
      watch.start();
      timer ??= setInterval(() => {
        ticking ??= tick().finally(() => {
          ticking = undefined;
        });
      }, TICK_MS);
    },
    async stop() {
      clearInterval(timer);
      await ticking;
      await watch.stop();
      await timers.stop();
      await lookBack.stop();
      await inbox.stop();
      await files.stop();
      await relay.stop();
      await status.stop();
    },
    health: async () => ({
      database: await ctx.database.sql`select 1`.then(() => true).catch(() => false),
      lastRoundMs: lastRound === undefined ? undefined : ctx.now().getTime() - lastRound,
      timers: await timers.health().catch(() => undefined),
    }),
  };
}

/** Links of mails look alike, whatever they are for: whoever knows the token has the page. */
function pagesOf(ctx: Context): Desk['pages'] {
  const [contacts, followers] = [createPages(ctx), subscriberPages(ctx)];
  const either = (one: Page, other: Page): Page => ({
    see: async token => (await one.see(token)) ?? other.see(token),
    press: async token => (await one.press(token)) ?? other.press(token),
  });
  return {
    ...contacts,
    rate: createRatePages(ctx),
    confirm: either(contacts.confirm, followers.confirm),
    unsubscribe: either(contacts.unsubscribe, followers.unsubscribe),
    page: createPagePages(ctx),
  };
}
