import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRealMail, PASSWORD, type RealMail, startRealMail } from '../harness/real-mail.ts';
import { correspondent } from '../harness/real-mailbox.ts';
import { startWorld, type World } from '../harness/world.ts';
import { goesToPost, seesMark } from './steps.ts';

/** Skipped only where Debian's Postfix and Dovecot are not installed: `.ci/run` installs them. */
describe.skipIf(!hasRealMail)(
  'with real mail servers (skipped where Postfix and Dovecot are not installed)',
  { timeout: 60_000 },
  () => {
    let real: RealMail;
    let world: World;
    beforeAll(async () => {
      real = await startRealMail(['support@desk.example', 'ana@customers.example']);
      world = await startWorld({ realMail: { ...real, password: PASSWORD } });
    }, 60_000);
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') process.stderr.write(await real.log());
    });
    afterAll(async () => {
      await world?.stop();
      await real?.close();
    });
    const bob = () => world.discord.person('bob');

    test('Ana writes through Postfix, the desk reads it from Dovecot, and the conversation goes on in one ticket', async () => {
      const ana = correspondent(real, 'ana@customers.example');
      await ana.writes({
        subject: 'Poczta nie działa',
        text: 'Dzień dobry, nie mogę wysłać poczty z 203.0.113.7.',
      });
      const acknowledged = await ana.gets(/\[#1\] Poczta nie działa/);
      expect(acknowledged.headers.find(({ key }) => key === 'auto-submitted')?.value).toMatch(/^auto-/);
      await bob().sees(/#1 Poczta nie działa/);
      await goesToPost(bob(), 1);
      await bob().sees(/nie mogę wysłać poczty/);
      await bob().says('Już **sprawdzamy**.');
      await seesMark(bob(), 'Już sprawdzamy.', '✅');
      const answer = await ana.gets(/Już \*?sprawdzamy/);
      expect(answer.references).toContain(acknowledged.messageId);
      expect(answer.replyTo?.[0]?.address).toMatch(/^support\+[\w.-]+@desk\.example$/);
      await ana.writes({ subject: 'Re: to ważne', text: 'Dziękuję, czekam.\n\nAna', answers: answer });
      await bob().sees('Dziękuję, czekam.');
      expect(await world.database.sql`select count(*)::int as n from ticket`).toEqual([{ n: 1 }]);
    });

    test('what comes while Dovecot is away is read afterwards, once', async () => {
      const ana = correspondent(real, 'ana@customers.example');
      await real.restartDovecot(() =>
        ana.writes({ subject: 'Second thing', text: 'My invoice of May is wrong.' }),
      );
      await bob().sees(/#2 Second thing/);
      await ana.gets(/\[#2\] Second thing/);
      expect(await world.database.sql`select count(*)::int as n from ticket`).toEqual([{ n: 2 }]);
    });

    test('what Postfix cannot deliver comes back as it reports it, and staff see that at the message', async () => {
      const ana = correspondent(real, 'ana@customers.example');
      await ana.writes({ from: 'nobody@customers.example', subject: 'From a dead mailbox', text: 'Hello?' });
      await bob().sees(/#3 From a dead mailbox/);
      await goesToPost(bob(), 3);
      await bob().sees(/did not get this message|does not exist|no longer exists|5\.1\.1/);
      expect(await world.database.sql`select count(*)::int as n from ticket`).toEqual([{ n: 3 }]);
      expect(await world.database.sql`select gone from place where gone is not null`).toEqual([
        { gone: 'gone' },
      ]);
    });
  },
);
