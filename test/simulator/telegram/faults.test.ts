import { GrammyError, HttpError } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import { closeAll, open, refusal } from './world.ts';

afterEach(closeAll);

test('30 messages a second over all chats, then 429 with the time to wait', async () => {
  const people = Array.from({ length: 31 }, (_, index) => ({ name: `p${index}`, started: true }));
  const { telegram, api, clock } = await open({ people });
  for (const { id } of telegram.people.slice(0, 30)) await api.sendMessage(id, 'x');
  const last = telegram.people[30]?.id ?? '';
  const refused: unknown = await api.sendMessage(last, 'x').catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(GrammyError);
  expect(refused).toMatchObject({
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  });
  clock.pass(1000);
  await api.sendMessage(last, 'x');
});

test('one message a second in one chat, after a short burst', async () => {
  const { telegram, api, clock } = await open();
  const ana = telegram.person('ana');
  await ana.starts();
  for (let index = 0; index < 5; index += 1) await api.sendMessage(ana.id, `burst ${index}`);
  expect(await refusal(api.sendMessage(ana.id, 'too fast'))).toBe('Too Many Requests: retry after 1');
  for (let index = 0; index < 20; index += 1) {
    clock.pass(1000);
    await api.sendMessage(ana.id, `steady ${index}`);
  }
  expect(await refusal(api.sendMessage(ana.id, 'still too fast'))).toBe('Too Many Requests: retry after 1');
});

test('20 messages a minute in one group', async () => {
  const { telegram, api, clock } = await open();
  const group = telegram.addGroup({ title: 'Desk' });
  for (let index = 0; index < 20; index += 1) await api.sendMessage(group, `${index}`);
  expect(await refusal(api.sendMessage(group, 'x'))).toBe('Too Many Requests: retry after 60');
  clock.pass(60_000);
  await api.sendMessage(group, 'x');
});

test('a lost answer has been done, a refused connection has not', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  await ana.starts();
  telegram.addFault({ match: /POST \/sendMessage/, kind: 'lose-answer' });
  await expect(api.sendMessage(ana.id, 'done')).rejects.toThrow(HttpError);
  telegram.addFault({ match: /sendMessage/, kind: 'refuse-connection' });
  await expect(api.sendMessage(ana.id, 'not done')).rejects.toThrow(HttpError);
  expect(ana.screen().places[0]?.messages.map(({ text }) => text)).toEqual(['/start', 'done']);
  expect(telegram.requests.map(({ status }) => status)).toEqual([0, 0]);
});

test('faults answer in the form of the platform, as often as told', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  await ana.starts();
  const send = () => api.sendMessage(ana.id, 'x');
  telegram.addFault({ match: /sendMessage/, kind: 'status', status: 429, retryAfterSeconds: 7, times: 2 });
  expect([await refusal(send()), await refusal(send())]).toEqual(
    Array(2).fill('Too Many Requests: retry after 7'),
  );
  telegram.addFault({ match: /sendMessage/, kind: 'status', status: 502 });
  expect(await refusal(send())).toBe('Bad Gateway');
  telegram.addFault({ match: /sendMessage/, kind: 'platform-error', code: 'Forbidden: user is deactivated' });
  await expect(send()).rejects.toMatchObject({
    error_code: 403,
    description: 'Forbidden: user is deactivated',
  });
  telegram.addFault({ match: /sendMessage/, kind: 'hang' });
  const address = `${telegram.url}/bot${telegram.botToken}/sendMessage?chat_id=${ana.id}&text=x`;
  const leaving = new AbortController();
  const arrived = new Promise<void>(resolve => void telegram.onRequest(() => resolve()));
  const hung = fetch(address, { signal: leaving.signal });
  await arrived;
  leaving.abort();
  await expect(hung).rejects.toThrow('aborted');
  telegram.clearFaults();
  expect((await send()).text).toBe('x');
  expect(ana.screen().places[0]?.messages).toHaveLength(2);
});
