import { expect, test } from 'vitest';
import { noticeBodySchema } from '../../src/core/index.ts';
import { rents } from './provider.ts';
import { inWorld } from './steps.ts';

const world = inWorld();
const ben = () => world.slack.person('ben');

const HOUR_MS = 3_600_000;

async function announces(): Promise<number> {
  const from = world.now().getTime() + 48 * HOUR_MS;
  const input = noticeBodySchema.parse({
    kind: 'maintenance',
    title: { en: 'New switch' },
    text: { en: 'We replace a switch.' },
    objects: [{ type: 'location', value: 'WAW1', impact: 'outage' }],
    windows: [{ from: new Date(from).toISOString(), to: new Date(from + HOUR_MS).toISOString() }],
  });
  const made = await world.desk.api.notices.draft('switch', input);
  if (!('notice' in made)) throw new Error(JSON.stringify(made));
  await world.desk.api.notices.confirm(made.notice.id, made.notice.edition);
  return made.notice.id;
}

test('Ben has planned work in his calendar by an address that only he knows, and a mail that brings it; its end takes it away', async () => {
  await ben().says('/ticket list');
  await ben().sees('You have no tickets.');
  await rents(world, 'ben', { as: ben() });
  const id = await announces();
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
