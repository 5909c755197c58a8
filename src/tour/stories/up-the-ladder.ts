import { opensForm, opensPost, seesNumber } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Serwer nie wstaje';

/** Nobody is forgotten: an acknowledgement is no answer. */
export const upTheLadder: Story = {
  name: 'Nobody answers an outage; it climbs to Cleo, who acknowledges it, forgets, and is reminded',
  async play(company) {
    const ana = company.slack('ana');
    const bob = company.discord('bob');
    const cleo = company.discord('cleo');
    await bob.goes('#general');
    await bob.says('/desk duty set:on');
    await bob.sees('You are on duty.');
    await opensForm(ana, '/ticket');
    await ana.fills({ Priorytet: 'critical' });
    await ana.watches('fields for the facts of an outage', ({ modal }) => (modal?.fields.length ?? 0) >= 8);
    await ana.fills({
      Temat: subject,
      Opis: 'Po restarcie cisza.',
      'Nazwa usługi': 'Serwer sklepu',
      'IP serwera': '203.0.113.7',
      'Kiedy się zaczęło': 'wczoraj 14:30',
      Diagnostyka: 'ping: 100% strat',
    });
    await ana.submits();
    const ticket = await seesNumber(company, ana, 'pl', subject);
    await bob.sees(`Ticket #${ticket} needs you`);
    company.passes(3);
    await cleo.sees(`Ticket #${ticket} needs you`, 'Switchdesk');
    await cleo.goes('Switchdesk');
    await cleo.presses('Acknowledge');
    await cleo.sees(`Ticket #${ticket} is in your hands`);
    await opensPost(bob, ticket, subject);
    await bob.sees('Cleo Adams has this ticket in hand', subject);
    company.passes(5);
    await cleo.sees('You had it in hand, and the customer has no answer yet.');
    await opensPost(cleo, ticket, subject);
    await cleo.says('Zasilacz wymieniony, serwer wstał. Przepraszamy za zwłokę.');
    await ana.sees('Zasilacz wymieniony', subject);
    await bob.says('/desk duty set:off', '#general');
    await bob.sees('You are not on duty.');
  },
};
