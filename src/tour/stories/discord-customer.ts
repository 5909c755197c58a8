import { opensPost, opensTicket, seesSent, seesTag } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'An invoice is missing';

/** A customer on the provider's own server. */
export const discordCustomer: Story = {
  name: 'Ben asks in Discord, talks in a private thread and closes his ticket himself',
  async play(company) {
    const ben = company.discord('ben');
    const bob = company.discord('bob');
    const ticket = await opensTicket(company, ben, 'en', {
      subject,
      description: 'I cannot find the invoice for October.',
    });
    const thread = `#${ticket} ${subject}`;
    await ben.sees('One of us replies here by', thread);
    await opensPost(bob, ticket, subject);
    await bob.says('It is in your client area now.');
    await ben.sees('It is in your client area now.', thread);
    await seesSent(bob, 'It is in your client area now.');
    await ben.goes(thread);
    await ben.says('Found it, thanks.');
    await bob.sees('Found it, thanks.', thread);
    await ben.goes('#support');
    await ben.says(`/ticket close ${ticket}`);
    await ben.sees(`Ticket #${ticket} is closed`);
    await seesTag(bob, ticket, 'closed');
    await bob.sees('The customer has closed this ticket.', thread);
  },
};
