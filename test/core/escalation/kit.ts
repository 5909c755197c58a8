import { transact } from '../../../src/core/context.ts';
import { type Policy, readPolicy } from '../../../src/core/index.ts';
import { happened, lockTicket } from '../../../src/core/ticket/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { contextOf } from '../kit.ts';

/** A small provider: three levels, a person at each, a ladder for critical tickets and one for promises. */
export const LADDER = `
people:
  - { id: bob, name: Bob, reach: { forum: bob } }
  - { id: cleo, name: Cleo, reach: { forum: cleo, email: cleo@example.com } }
  - { id: dora, name: Dora, reach: { forum: dora } }
teams:
  - { id: support, name: { en: Support }, members: [bob] }
  - { id: technicians, name: { en: Technicians }, members: [cleo] }
  - { id: admins, name: { en: Admins }, members: [dora] }
levels:
  - { id: support, name: { en: Support, pl: Wsparcie }, team: support, up: [technicians] }
  - { id: technicians, name: { en: Technicians, pl: Technicy }, team: technicians, up: [admins] }
  - { id: admins, name: { en: Admins, pl: Administratorzy }, team: admins }
ladder:
  - id: critical
    for: { critical: true }
    wait: 3m
    acknowledged: 5m
    again: 1
    catch_all: 10m
    steps:
      - { at: 0s, page: [{ up: 0 }] }
      - { at: 3m, page: [{ up: 1 }] }
      - { at: 6m, page: [{ up: 2 }] }
  - id: promise
    wait: 3m
    steps:
      - { at: 50%, page: [{ up: 0 }] }
      - { at: 70%, page: [{ up: 1 }] }
      - { at: missed, page: [{ up: 2 }] }
      - { at: missed+5m, page: [{ up: 1 }, { up: 2 }] }
`;

/** The policy that ships, with these sections in place of its own. */
export function ladderPolicy(sections: string = LADDER): Policy {
  const base = testPolicy(['forum']);
  const result = readPolicy(
    `${sections}
desk: { name: D, language: en, zone: Europe/Warsaw }
departments: [{ id: technical, name: { en: T } }, { id: financial, name: { en: F } }]
priorities: [{ id: regular, name: { en: R }, critical: false }, { id: critical, name: { en: C }, critical: true }]
staff: { language: en, roles: {} }
tickets: { reopen_within: 14d }`,
  );
  if (!result.ok) throw new Error(result.faults.join('\n'));
  const { people, teams, oncall, levels, ladder } = result.policy;
  return { ...base, people, teams, oncall, levels, ladder };
}

/** A desk of that provider, with what its people hear. */
export interface LadderDesk extends TestDesk {
  readonly chat: ScriptedChannel;
  readonly forum: ScriptedChannel;
  readonly mail: ScriptedChannel;
  /** Opens a ticket; critical ones with all their facts. */
  opens(priority?: 'critical' | 'regular', who?: string): Promise<Opened>;
  /** Time passes, and the desk does what is due: minute by minute, as it would. */
  pass(minutes: number): Promise<void>;
  /** A promise is in danger, or was missed. */
  risks(number: number, share: number): Promise<void>;
  misses(number: number): Promise<void>;
  /** What a person was told in their own chat, newest last. */
  told(who: string): string[];
  /** How often each person was called so far. */
  calls(): Promise<Record<string, number>>;
  /** The events of a ticket that are about its ladder, in order. */
  events(number: number): Promise<string[]>;
  /** Somebody presses a button under the last call about a ticket to a person. */
  presses(who: string, deed: 'page-ack' | 'page-pass', number: number, whose?: string): Promise<string>;
  replies(who: string, opened: Opened): Promise<void>;
  commands(
    who: string,
    verb: 'duty' | 'oncall' | 'escalate' | 'deescalate',
    value: string,
    number?: number,
  ): Promise<string>;
}

/** A ticket and its places. */
export interface Opened {
  readonly number: number;
  readonly thread: string;
  readonly post: string;
}

const facts = { server: '203.0.113.7', service: 'Shop', began: '14:00', diagnostics: 'ping fails' };

/** Builds one. */
export async function ladderDesk(policy: Policy = ladderPolicy()): Promise<LadderDesk> {
  const chat = scriptedChannel('chat');
  const forum = scriptedChannel('forum', { desk: true });
  const mail = scriptedChannel('email', { subject: 100 });
  const channels = [chat, forum, mail];
  const t = await testDesk(channels, policy);
  const tell = async (number: number, event: Parameters<typeof happened>[2]): Promise<void> => {
    const ctx = contextOf(t, channels);
    await transact(ctx, { type: 'system' }, async act => happened(act, await lockTicket(act, number), event));
    await settleAll(t);
  };
  const promise = { target: 'first-reply', cycle: 1, dueAt: t.clock.now() } as const;
  return {
    ...t,
    chat,
    forum,
    mail,
    async opens(priority = 'critical', who = 'ana') {
      const values = { description: 'It is down', priority, ...(priority === 'critical' && facts) };
      await t.desk.accept('chat', eventsAt(t.clock).submits(who, values));
      await settleAll(t);
      const [row] = await t.database.sql<Opened[]>`
        select t.id as number, c.address as thread, d.address as post from ticket t join place c on c.id = t.place_id
        join place d on d.ticket_id = t.id and d.role = 'desk' order by t.id desc limit 1`;
      return row as Opened;
    },
    async pass(minutes) {
      for (let n = 0; n < minutes; n++) {
        t.clock.forward(60_000);
        await settleAll(t);
      }
    },
    risks: (number, share) => tell(number, { type: 'promise-at-risk', share, ...promise }),
    misses: number => tell(number, { type: 'promise-missed', ...promise }),
    told: who => forum.calls.filter(call => call.to === `forum-chat-${who}`).map(call => call.text),
    async calls() {
      const rows = await t.database.sql<{ person: string; n: number }[]>`
        select person, count(*)::int as n from call group by person order by person`;
      return Object.fromEntries(rows.map(({ person, n }) => [person, n]));
    },
    async events(number) {
      const rows = await t.database.sql<{ type: string; data: Record<string, unknown> }[]>`
        select type, data from event where ticket_id = ${number}
          and (type like 'page%' or type in ('all-called', 'escalated', 'deescalated')) order by id`;
      return rows.map(({ type, data }) =>
        [type, data.persons ?? data.person, data.group, data.why].flat().filter(Boolean).join(' '),
      );
    },
    async presses(who, deed, number, whose = who) {
      const [page] = await t.database.sql<{ id: number }[]>`
        select id from page where ticket_id = ${number} and person = ${whose} order by id desc limit 1`;
      const before = forum.calls.length;
      const event = eventsAt(t.clock).presses(who, `forum-chat-${who}`, `${deed}:${page?.id}`, [STAFF_ROLE]);
      await t.desk.accept('forum', { ...event, direct: true });
      await settleAll(t);
      return forum.calls.slice(before).find(call => call.to === `forum-chat-${who}`)?.text ?? '';
    },
    async replies(who, { post }) {
      await t.desk.accept('forum', eventsAt(t.clock).staffSays(who, post, 'We are on it.'));
      await settleAll(t);
    },
    async commands(who, verb, value, number) {
      const answer = await t.desk.accept('forum', eventsAt(t.clock).commands(who, verb, { value, number }));
      await settleAll(t);
      return answer.type === 'say' ? answer.text : '';
    },
  };
}
