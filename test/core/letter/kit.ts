import { onTestFinished } from 'vitest';
import { type Bounced, type Policy, UNVOUCHED, type Wrote } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';

/** A desk to which people write letters, with one staff surface. */
export interface LetterDesk extends TestDesk {
  readonly mail: ScriptedChannel;
  readonly forum: ScriptedChannel;
  /** Somebody writes; resolves with the event when all that comes of it is done. */
  writes(who: string, letter?: Partial<Wrote>): Promise<Wrote>;
  bounces(delivery: Wrote['answers'][number], code?: Bounced['code'], eventId?: string): Promise<void>;
  settle(): Promise<void>;
  /** Words of all that went to the address of a person, oldest first. */
  told(who: string): string[];
  /** Words of all that staff see, oldest first. */
  seen(): string[];
  /** Mails of ours that went out in a ticket's conversation. */
  sent(ticket: number): Promise<{ delivery: string; at: Date; state: string }[]>;
  staffSays(ticket: number, text: string): Promise<void>;
}

let letters = 0;

/** Starts one, with more channels where the story has them. */
export async function letterDesk(
  change: (policy: Policy) => Policy = one => one,
  more: readonly ScriptedChannel[] = [],
): Promise<LetterDesk> {
  const mail = scriptedChannel('email', {
    forms: 'none',
    way: 'mail',
    subject: 150,
    fetchFile: async ({ source }) => ({
      outcome: 'fetched',
      bytes: (async function* () {
        yield Buffer.from(`content of ${source}`);
      })(),
    }),
  });
  const forum = scriptedChannel('forum', { desk: true });
  const t = await testDesk([mail, forum, ...more], change(testPolicy(['forum'])));
  onTestFinished(() => t.close());
  const settle = (): Promise<void> => settleAll(t);
  const placeOf = async (ticket: number): Promise<string> => {
    const [row] = await t.database.sql<{ address: string }[]>`
      select address from place where ticket_id = ${ticket} and role = 'desk'`;
    return row?.address ?? '';
  };
  return {
    ...t,
    mail,
    forum,
    settle,
    async writes(who, letter = {}) {
      letters += 1;
      const vouched = letter.vouched ?? true;
      const event: Wrote = {
        type: 'wrote',
        eventId: `letter${letters}`,
        at: t.clock.now(),
        from: { space: vouched ? '' : UNVOUCHED, externalId: who, name: who.split('@', 1)[0] ?? '' },
        vouched,
        ref: `${letters}@example.com`,
        subject: 'My server is down',
        text: 'It does not answer since this morning.',
        answers: [],
        refs: [],
        to: ['support@desk.example'],
        ...letter,
      };
      await t.desk.accept('email', event);
      await settle();
      return event;
    },
    async bounces(delivery, code = 'gone', eventId = 'bounce1') {
      await t.desk.accept('email', {
        type: 'bounced',
        eventId,
        at: t.clock.now(),
        delivery,
        code,
        why: '5.1.1',
      });
      await settle();
    },
    told: who => mail.calls.filter(({ to, what }) => what === 'thread' && to === who).map(({ text }) => text),
    seen: () => forum.calls.map(({ text }) => text),
    sent: ticket => t.database.sql<{ delivery: string; at: Date; state: string }[]>`
      select d.id::text as delivery, d.created_at as at, d.state from delivery d join place p on p.id = d.place_id
      where p.channel = 'email' and d.ticket_id = ${ticket} order by d.id`,
    async staffSays(ticket, text) {
      await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', await placeOf(ticket), text));
      await settle();
    },
  };
}

/** The provider tells of Ana's account: one address, and one server unless it is said otherwise. */
export async function knowsAna(
  t: TestDesk,
  addresses: readonly string[] = ['ana@example.com'],
): Promise<void> {
  await t.desk.api.accounts.put([
    {
      ref: 'acme',
      name: 'Acme',
      tier: null,
      language: 'pl',
      time_zone: null,
      state: 'active',
      contacts: [
        {
          ref: 'ana',
          name: 'Ana',
          roles: ['owner'],
          addresses: [...addresses],
          language: null,
          time_zone: null,
        },
      ],
      services: [
        {
          ref: 's1',
          name: 'Shop',
          kind: 'server',
          order_number: '123456',
          networks: ['203.0.113.7/32'],
          location: null,
          rack: null,
          state: 'active',
        },
        {
          ref: 's2',
          name: 'Blog',
          kind: 'server',
          order_number: '123457',
          networks: [],
          location: null,
          rack: null,
          state: 'active',
        },
      ],
    },
  ]);
}
