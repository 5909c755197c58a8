import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, transact } from '../../../src/core/context.ts';
import { Refusal } from '../../../src/core/errors.ts';
import { lockTicket, type Move, move, type TicketState } from '../../../src/core/ticket/index.ts';
import { ticketStates } from '../../../src/core/ticket/model.ts';
import { afterCustomerMessage, lifecycle, next } from '../../../src/core/ticket/rules/lifecycle.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { audit } from '../audit.ts';
import { column, contextOf } from '../kit.ts';

const moves = Object.keys(lifecycle) as Move[];
const anyMove = fc.constantFrom(...moves);
const isState = (value: string): value is TicketState => (ticketStates as readonly string[]).includes(value);

describe('the table', () => {
  test('reaches every state from a new ticket, and leaves every state again', () => {
    const reached = new Set<TicketState>(['open']);
    for (const state of reached)
      for (const step of moves) {
        const target = next(state, step);
        if (isState(target)) reached.add(target);
      }
    expect([...reached].sort()).toEqual([...ticketStates].sort());
    for (const state of ticketStates) expect(moves.some(step => isState(next(state, step)))).toBe(true);
  });

  test('is exactly this', () => {
    const all = ticketStates.flatMap(state => moves.map(step => `${state} ${step} ${next(state, step)}`));
    expect(all).toEqual([
      ...[
        'open wait waiting',
        'open resume there-already',
        'open solve solved',
        'open close closed',
        'open reopen there-already',
      ],
      ...[
        'waiting wait there-already',
        'waiting resume open',
        'waiting solve solved',
        'waiting close closed',
        'waiting reopen impossible',
      ],
      ...[
        'solved wait impossible',
        'solved resume impossible',
        'solved solve there-already',
        'solved close closed',
        'solved reopen open',
      ],
      ...[
        'closed wait impossible',
        'closed resume impossible',
        'closed solve impossible',
        'closed close there-already',
        'closed reopen open',
      ],
    ]);
  });

  test('never leads from a state to itself, and a customer’s message always leads to an open ticket or nowhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ticketStates),
        anyMove,
        fc.nat(),
        fc.nat(),
        (state, step, ago, within) => {
          expect(next(state, step)).not.toBe(state);
          const effect = afterCustomerMessage(state, ago, within);
          if (effect === 'too-late') expect([state, ago > within]).toEqual(['closed', true]);
          else if (effect === 'nothing') expect(state).toBe('open');
          else expect(next(state, effect)).toBe('open');
        },
      ),
    );
  });
});

describe('a ticket', () => {
  let t: TestDesk;
  let chat: ScriptedChannel;
  let forum: ScriptedChannel;
  let ctx: Context;

  beforeAll(async () => {
    chat = scriptedChannel('chat');
    forum = scriptedChannel('forum', { desk: true });
    t = await testDesk([chat, forum]);
    ctx = contextOf(t, [chat, forum]);
  });
  afterAll(() => t.close());

  const stateOf = async (number: number): Promise<string | undefined> =>
    (await column(t.database, `select state from ticket where id = ${number}`))[0];

  test('takes the moves of the table, refuses the others without a trace, and its events tell its whole life', async () => {
    const { number } = await openTicket(t, chat, forum);
    let state: TicketState = 'open';
    const life: string[] = [];
    await fc.assert(
      fc.asyncProperty(anyMove, async step => {
        const target = next(state, step);
        const done = transact(ctx, { type: 'system' }, async act =>
          move(act, await lockTicket(act, number), step),
        );
        if (isState(target)) {
          await done;
          life.push(`${state} ${step} ${target}`);
          state = target;
        } else {
          const code = target === 'there-already' ? 'already-in-state' : 'cannot-from-state';
          await expect(done).rejects.toEqual(new Refusal(code));
        }
        expect(await stateOf(number)).toBe(state);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    const told = await column(
      t.database,
      `select concat_ws(' ', data ->> 'from', data ->> 'by', data ->> 'to') from event where ticket_id = ${number} and type = 'moved' order by id`,
    );
    expect(told).toEqual(life);
    expect(await audit(t.database)).toEqual([]);
  });

  test('that is closed opens again by the customer for two weeks, to the second; later the person is asked to open a new one', async () => {
    const { number, thread, post } = await openTicket(t, chat, forum, 'ben');
    const people = () => eventsAt(t.clock);
    const says = async (text: string): Promise<void> => {
      await t.desk.accept('chat', people().says('ben', thread, text));
      await settleAll(t);
    };
    const closes = () => t.desk.accept('forum', people().presses('bob', post, `close:${number}`));
    const window = t.policy.tickets.reopen_within * 1000;
    expect(window).toBe(14 * 86_400_000);
    await closes();
    t.clock.forward(window);
    await says('just in time');
    expect(await stateOf(number)).toBe('open');
    await closes();
    t.clock.forward(window + 1);
    await says('too late');
    expect(await stateOf(number)).toBe('closed');
    expect(await column(t.database, `select body from message where body = 'too late'`)).toEqual([]);
    expect(chat.calls.at(-1)?.text).toMatch(new RegExp(`#${number}.*closed`));
    await t.desk.accept('forum', people().staffSays('bob', post, 'we found it after all'));
    await settleAll(t);
    expect(await stateOf(number), 'staff may always go on').toBe('open');
    expect(await column(t.database, `select closed_at from ticket where id = ${number}`)).toEqual([null]);
  });

  test('that waits or is solved goes on with the customer’s words', async () => {
    const { number, thread, post } = await openTicket(t, chat, forum, 'cleo');
    for (const step of ['wait', 'solve']) {
      await t.desk.accept('forum', eventsAt(t.clock).presses('bob', post, `${step}:${number}`));
      await t.desk.accept('chat', eventsAt(t.clock).says('cleo', thread, `not yet (${step})`));
      await settleAll(t);
      expect(await stateOf(number)).toBe('open');
    }
    expect(forum.calls.filter(call => call.to === post).map(call => call.text)).toContain(
      '**cleo**\n\nnot yet (solve)',
    );
  });
});
