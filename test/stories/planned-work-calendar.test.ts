import { expect, test } from 'vitest';
import { announcesSwitch, rents } from './provider.ts';
import { inWorld } from './steps.ts';

const world = inWorld();
const ben = () => world.slack.person('ben');

test('Ben has planned work in his calendar by an address that only he knows, and a mail that brings it; its end takes it away', async () => {
  await ben().says('/ticket list');
  await ben().sees('You have no tickets.');
  await rents(world, 'ben', { as: ben() });
  const id = await announcesSwitch(world);
  await ben().sees(`Planned maintenance N-${id}: New switch`);
  await world.mail.person('ben').sees('We replace a switch.');
  expect(JSON.stringify(world.mail.person('ben').mailbox())).toContain(`N-${id}.ics`);

  await ben().says('/ticket notify');
  await ben().sees('Where we tell you what');
  await ben().presses('Calendar of planned work');
  const shown = await ben().sees(/\/calendar\/[\w-]{43}\.ics/);
  const path = /\/calendar\/[\w-]{43}\.ics/.exec(shown)?.[0] ?? '';
  const calendar = await fetch(`${world.door.url}${path}`);
  expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(await calendar.text()).toContain(`Planned maintenance N-${id}: New switch`);

  await ben().presses('End this calendar');
  await ben().sees('The calendar has no address any more.');
  expect((await fetch(`${world.door.url}${path}`)).status).toBe(404);
});
