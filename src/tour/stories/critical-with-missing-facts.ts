import { opensForm, opensPost, seesNumber } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Sklep nie odpowiada';

/** A critical ticket is taken with its facts only. */
export const criticalWithMissingFacts: Story = {
  name: 'Ana reports a complete outage in Slack; the form asks for the facts at their fields',
  async play(company) {
    const ana = company.slack('ana');
    const bob = company.discord('bob');
    await opensForm(ana, '/ticket');
    await ana.fills({ Priorytet: 'critical' });
    await ana.watches('fields for the facts of an outage', ({ modal }) => (modal?.fields.length ?? 0) >= 8);
    await ana.fills({ Temat: subject, Opis: 'Nic nie działa.', 'Nazwa usługi': 'Serwer sklepu' });
    await ana.fills({
      'IP serwera': '300.1.2.3',
      'Kiedy się zaczęło': 'kiedyś',
      Diagnostyka: 'ping: 100% strat',
    });
    await ana.submits();
    await ana.sees('Prosimy podać adres IP serwera lub numer zamówienia');
    await ana.sees('Nie potrafimy odczytać tego czasu');
    await ana.fills({ 'IP serwera': '203.0.113.7', 'Kiedy się zaczęło': 'wczoraj 14:30' });
    await ana.submits();
    const ticket = await seesNumber(company, ana, 'pl', subject);
    await ana.sees('Jest oznaczone jako krytyczne');
    await opensPost(bob, ticket, subject);
    await bob.sees('203.0.113.7', subject);
    await bob.sees('14:30 CE', subject);
  },
};
