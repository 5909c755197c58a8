import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, form, startDesk } from './desk.ts';

let desk: Desk;
let ana: SlackPerson;
let stop: () => Promise<void>;

beforeEach(async () => {
  desk = await startDesk({ socketMode: true, answerWithinMs: 1000 });
  ana = desk.sim.person('ana');
  await ana.goes('support');
  stop = (await listening()).stop;
});
afterEach(async () => {
  await stop();
  await desk.stop();
});

async function listening() {
  const listener = await desk.channel.listen?.(desk.sink);
  if (!listener) throw new Error('the channel does not listen');
  await expect.poll(() => desk.sim.sockets).toBe(2);
  return listener;
}

it('carries commands, forms and their answers', async () => {
  desk.answer = () => ({ type: 'form', form: form() });
  await ana.says('/ticket');
  await ana.sees('New ticket');
  desk.answer = () => ({ type: 'nothing' });
  await ana.fills({ Subject: 'Mail', 'What happens?': 'Down', Priority: 'Regular' });
  await desk.sim.settled();
  desk.answer = () => ({ type: 'say', text: 'Ticket #12', done: true, title: 'Thanks' });
  await ana.submits();
  await ana.sees('Ticket #12');
});

it('answers commands privately', async () => {
  desk.answer = () => ({ type: 'say', text: 'No tickets.' });
  await ana.says('/ticket list');
  await ana.sees('No tickets.');
});

it('acknowledges after the event was stored, and not when it could not be', async () => {
  const said = desk.hears('said');
  await ana.says('hello', 'Switchdesk');
  expect(await said).toMatchObject({ text: 'hello' });
  await desk.sim.settled();
  expect(desk.sim.pendingRetries).toBe(0);

  desk.answer = () => Promise.reject(new Error('the database is gone'));
  await ana.says('again', 'Switchdesk');
  await desk.sim.settled();
  expect(desk.sim.pendingRetries).toBe(1);
  expect(desk.logged.join()).toContain('an event was not acknowledged');
});

it('comes back when Slack asks for another connection, and when the line is cut', async () => {
  for (const cut of [() => desk.sim.refreshSockets(), () => desk.sim.dropSockets()]) {
    const connectedBefore = desk.logged.filter(line => line.includes('connected')).length;
    cut();
    await connectedAgain(connectedBefore);
    const said = desk.hears('said');
    await ana.says('still there?', 'Switchdesk');
    await said;
  }
});

/** Resolves when the log has one more line about a connection. */
async function connectedAgain(before: number): Promise<void> {
  const count = () => desk.logged.filter(line => line.includes('connected')).length;
  await expect.poll(count).toBeGreaterThan(before);
}

it('connects when Slack is back', async () => {
  await stop();
  desk.sim.addFault({ match: /apps\.connections\.open/, kind: 'status', status: 500 });
  stop = (await listening()).stop;
  expect(desk.logged.join()).toContain('could not be opened');
  const said = desk.hears('said');
  await ana.says('hello', 'Switchdesk');
  await said;
});

it('stops only when what it has in hand is stored and acknowledged', async () => {
  const { promise: stored, resolve: store } = Promise.withResolvers<void>();
  desk.answer = async () => {
    await stored;
    return { type: 'nothing' };
  };
  await ana.says('hello', 'Switchdesk');
  await expect.poll(() => desk.heard.length).toBe(1);
  let over = false;
  const stopped = stop().then(() => {
    over = true;
  });
  stop = async () => undefined;
  await new Promise(setImmediate);
  expect(over).toBe(false);
  expect(desk.sim.sockets).toBe(2);
  store();
  await stopped;
  await desk.sim.settled();
  expect(desk.sim.pendingRetries).toBe(0);
});

it('is gone when it is stopped', async () => {
  await stop();
  stop = async () => undefined;
  await expect.poll(() => desk.sim.sockets).toBe(0);
});

it('loses nothing and doubles nothing while Slack renews one connection after the other', async () => {
  const said: string[] = [];
  for (let n = 0; n < 40; n++) {
    if (n % 10 === 5) desk.sim.refreshSockets('refresh_requested', 'oldest');
    said.push(`word ${n}`);
    await ana.says(`word ${n}`, 'Switchdesk');
    await new Promise(setImmediate);
  }
  await desk.sim.settled();
  expect(desk.sim.pendingRetries).toBe(0);
  const heard = desk.heard.flatMap(event => (event.type === 'said' ? [event] : []));
  expect([...new Set(heard.map(({ text }) => text))].sort()).toEqual([...said].sort());
  // What Slack sent twice because an acknowledgement was cut off has the same id: the core takes it once.
  expect(new Set(heard.map(({ eventId }) => eventId)).size).toBe(said.length);
  await expect.poll(() => desk.sim.sockets).toBe(2);
});
