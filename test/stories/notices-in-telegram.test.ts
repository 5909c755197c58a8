import { expect, test } from 'vitest';
import { rents } from './provider.ts';
import { inWorld } from './steps.ts';

const world = inWorld({
  at: '2026-11-29T12:00:00Z',
  telegramDesk: true,
  telegram: { people: [{ name: 'tom', locale: 'en', role: 'staff' }] },
});

test('in a Telegram group Tom announces maintenance in lines: a template to copy, what is wrong said, and nothing sent before he confirms', async () => {
  const tom = world.telegram.person('tom');
  await rents(world, 'ben');
  await tom.says('/notice maintenance power', 'Desk');
  await tom.sees(
    /Copy this, fill it in, and send it\.[\s\S]*\/notice maintenance\ntitle: Work on the power supply\ntext: We are going to check/,
  );
  await tom.sees('polish: Prace przy zasilaniu');
  await tom.says(
    '/notice maintenance\ntitle: Power <@everyone>\ntext: One feed is off.\nThe other stays.\ndotyczy: MOON\nwhen: 2026-12-06 02:00 - 04:00',
    'Desk',
  );
  await tom.sees(
    /Nothing was changed\. Mend it and send it again:[\s\S]*The other stays\.[\s\S]*about: MOON/,
  );
  await tom.says(
    '/notice maintenance\nTitle: Power\ntext: One feed is off.\nThe other stays.\nabout: WAW1 = degraded\nwhen: 2026-12-06 02:00 - 04:00',
    'Desk',
  );
  await tom.sees('Nothing has been sent yet.');
  await tom.sees('location WAW1 (degraded): 1 service of 1 account');
  expect(JSON.stringify(world.mail.person('ben').mailbox())).not.toContain('Power');
  await tom.presses('Send it', 'Desk');
  await tom.sees('N-1 is on its way');
  await world.mail.person('ben').sees('The other stays.');

  await tom.says('/notice reschedule 1', 'Desk');
  await tom.sees(/\/notice reschedule 1\n(?:.*\n)*when: 2026-12-06 02:00/);
  await tom.says('/notice reschedule 1\nwhen: 2026-12-07 02:00 - 04:00', 'Desk');
  await tom.sees('Planned maintenance N-1 (new time)');
  await tom.says('/notice outage nonsense', 'Desk');
  await tom.sees('There is no template nonsense for outage. There are: outage.');
});
