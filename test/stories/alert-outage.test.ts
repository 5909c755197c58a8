import { expect, test } from 'vitest';
import { alertmanager } from '../adapters/alerts/payloads.ts';
import { source } from '../core/alert/kit.ts';
import { rents } from './provider.ts';
import { inWorld, textsOf } from './steps.ts';

const secret = 'prom-secret-0123456789abcdef';
const world = inWorld({
  at: '2026-11-29T12:00:10Z',
  policy: policy => ({ ...policy, alerts: [source('prom')] }),
  alertSecrets: { prom: secret },
});
const bob = () => world.discord.person('bob');
const ana = () => world.telegram.person('ana');
const ben = () => world.slack.person('ben');

async function monitoringSays(status: 'firing' | 'resolved', by = secret): Promise<number> {
  const answer = await fetch(`${world.door.url}/hooks/alerts/alertmanager`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    body: JSON.stringify(alertmanager(status)),
  });
  return answer.status;
}

test('Alertmanager fires for a location, staff press Send, customers hear of it; it ends, staff press again, and they hear that', async () => {
  await ben().says('/ticket list');
  await ben().sees('You have no tickets.');
  await ana().says('/tickets');
  await ana().sees('Nie masz żadnych zgłoszeń');
  await rents(world, 'ben', { addresses: [], as: ben() });
  await rents(world, 'ana', { addresses: [], language: 'pl', as: ana() });

  expect(await monitoringSays('firing', 'somebody-else-0123456789')).toBe(401);
  expect(await monitoringSays('firing')).toBe(200);
  expect(await monitoringSays('firing')).toBe(200);
  const isPost = ({ title }: { title: string }): boolean => title.startsWith('Alert N-1');
  const { places } = await bob().watches(screen => screen.places.some(isPost), 'the post of the outage');
  expect(places.filter(isPost)).toHaveLength(1);
  await bob().goes(places.find(isPost)?.id ?? '');
  await bob().sees('No answer from WAW1');
  await bob().sees('2 contacts of 2 accounts');
  await bob().sees('Outage N-1: Disruption in WAW1');
  expect([...textsOf(ana()), ...textsOf(ben())].join()).not.toContain('N-1');

  await bob().presses('Send it');
  await bob().sees('N-1 is on its way');
  await ben().sees('Outage N-1: Disruption in WAW1');
  await ben().sees('we are looking for the cause');
  await ben().sees('Shop of ben');
  await ana().sees('Awaria N-1: Zakłócenia w lokalizacji WAW1');
  await ana().sees('szukamy przyczyny');
  await ana().sees('Shop of ana');
  await bob().sees('Customers are told.');
  expect([...textsOf(ana()), ...textsOf(ben())].join()).not.toMatch(/core-sw|prom|mgmt/);

  world.forward(540_000);
  expect(await monitoringSays('resolved')).toBe(200);
  await bob().sees('Tell customers that it is over?');
  expect(textsOf(ana()).join()).not.toContain('Awaria usunięta');
  await bob().presses('Send it');
  await ben().sees('Outage N-1 (resolved): Disruption in WAW1');
  await ana().sees('Awaria usunięta.');
  await bob().sees('Over.');
});
