import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm } from './steps.ts';

const HOUR = 3_600_000;

/** Friday evening in Warsaw: billing closed at 18:00. */
const world = inWorld({
  at: '2026-11-20T18:30:00Z',
  policy: (policy, { discord }) => ({
    ...policy,
    people: [{ id: 'cleo', name: 'Cleo Adams', reach: { discord: discord.person('cleo').id } }],
    teams: policy.teams.map(team => (team.id === 'billing' ? { ...team, members: ['cleo'] } : team)),
  }),
});

test('Friday evening a billing matter goes to billing: Ana is told that they are there on Monday, and Cleo is called then and not before', async () => {
  const [ana, bob, cleo] = [
    world.slack.person('ana'),
    world.discord.person('bob'),
    world.discord.person('cleo'),
  ];
  const number = await opensByForm(ana, {
    subject: 'Faktura',
    description: 'Podwójna opłata.',
    department: 'financial',
  });
  await goesToPost(bob, number);
  await bob.says('/desk escalate level:billing text:Zwrot może zlecić tylko dział rozliczeń.');
  await bob.sees('is with the level above');
  const told = await ana.sees('jest teraz u osób, które mogą je rozwiązać: Rozliczenia');
  expect(told).toContain('Zwrot może zlecić tylko dział rozliczeń.');
  expect(told).toMatch(/23 lis.*09:00/);
  await bob.sees('Bob Miller has handed this ticket up to: Billing', `#${number}`);
  await allQuiet(world);
  const called = () => JSON.stringify(cleo.screen()).includes(`Ticket #${number} needs you`);
  // On Saturday nobody is called.
  world.forward(24 * HOUR);
  await allQuiet(world);
  expect(called()).toBe(false);
  world.forward(38 * HOUR);
  await cleo.sees(`Ticket #${number} needs you`);
  expect(world.now().toISOString().slice(0, 13)).toBe('2026-11-23T08');
});

test('Bob begins his duty, sees who is on call, and hands a ticket back down; the customer hears both times', async () => {
  const [ana, bob] = [world.slack.person('ana'), world.discord.person('bob')];
  const number = await opensByForm(ana);
  await bob.says('/desk duty set:on', '#general');
  await bob.sees('You are on duty.');
  await bob.says('/desk oncall', '#general');
  await bob.sees('Support engineers: Bob Miller');
  await goesToPost(bob, number);
  await bob.says('/desk escalate text:Trzeba wymienić dysk.');
  await ana.sees('Technicy centrum danych');
  await bob.says('/desk deescalate text:Wystarczył restart.');
  await ana.sees('znów zajmuje się ten zespół: Inżynierowie wsparcia. Dlaczego: Wystarczył restart.');
});
