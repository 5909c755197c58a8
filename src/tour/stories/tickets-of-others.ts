import { opensTicket } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'My password';

/** A ticket of somebody else and one that does not exist are refused in the same words. */
export const ticketsOfOthers: Story = {
  name: 'Eve asks for a ticket of Ana, and learns nothing',
  async play(company) {
    const ana = company.slack('ana');
    const eve = company.slack('eve');
    const ticket = await opensTicket(company, ana, 'pl', { subject, description: 'Nie mogę się zalogować.' });
    for (const command of ['show', 'close']) {
      await eve.says(`/ticket ${command} ${ticket}`, '#support');
      await eve.sees(`You have no ticket #${ticket}.`, '#support');
    }
    await eve.says('/ticket show 999999', '#support');
    await eve.sees('You have no ticket #999999.', '#support');
    await eve.says('/ticket list', '#support');
    await eve.sees(/You have (no tickets|\d+ tickets?)/, '#support');
    eve.doesNotSee(subject, 'nothing of the ticket of Ana');
    await ana.says(`/ticket show ${ticket}`, '#support');
    await ana.sees('Stan: otwarte', '#support');
  },
};
