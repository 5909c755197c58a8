import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm, rowCounts } from './steps.ts';

const world = inWorld({ discordByHttp: true });

test('Discord accepts the address, and the form, the buttons and their answers go over it', async () => {
  expect(await world.discord.pingEndpoint()).toMatchObject({
    status: 200,
    text: expect.stringContaining('"type":1'),
  });
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana, { subject: 'Poczta', description: 'Nie działa.' });
  await goesToPost(bob, number);
  await bob.presses('Claim');
  await bob.sees('You have claimed ticket #1');
  await ana.says('/ticket list', 'support');
  await ana.sees(/Masz 1 zgłoszenie/);
});

test('a press that is delivered twice has one effect', async () => {
  const bob = world.discord.person('bob');
  const number = await opensByForm(world.discord.person('ben'));
  await goesToPost(bob, number);
  await bob.presses('Solve');
  await bob.sees(`Ticket #${number} is marked solved.`);
  await allQuiet(world);
  const before = await rowCounts(world);
  expect(await world.discord.redeliverLast()).toBe(200);
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
});

test('forged, stale and unreadable requests get 401, and leave no trace', async () => {
  const delivery = world.discord.lastDelivery;
  const body = delivery?.body ?? '';
  const headers = { ...delivery?.headers };
  const seconds = Math.floor(world.now().getTime() / 1000);
  const other = body.replaceAll('solve:', 'close:');
  expect(other).not.toBe(body);
  const cases: Record<string, [string, Record<string, string>]> = {
    'another body under a real signature': [other, headers],
    'no signature': [body, { 'content-type': 'application/json' }],
    'a signature of nothing': [body, { ...headers, 'x-signature-ed25519': '0'.repeat(128) }],
    'a signature that is no hex': [body, { ...headers, 'x-signature-ed25519': 'x'.repeat(128) }],
    'older than 300 s': [other, world.discord.sign(other, String(seconds - 302))],
    'not yet': [other, world.discord.sign(other, String(seconds + 302))],
  };
  const before = await rowCounts(world);
  for (const [what, [text, given]] of Object.entries(cases))
    expect([what, (await world.discord.post(text, given)).status]).toEqual([what, 401]);
  for (const text of ['', '{', 'null', '[]', '{"type":2}', '{"type":3,"data":{"custom_id":7}}']) {
    const { status } = await world.discord.post(text, world.discord.sign(text));
    expect([text, status]).toEqual([text, 400]);
  }
  expect(await rowCounts(world)).toEqual(before);
});

test('a body beyond a megabyte is refused with 413', async () => {
  const body = JSON.stringify({ type: 2, padding: 'x'.repeat(1_100_000) });
  const url = `http://127.0.0.1:${world.port}/hooks/discord`;
  expect((await fetch(url, { method: 'POST', body, headers: world.discord.sign(body) })).status).toBe(413);
});
