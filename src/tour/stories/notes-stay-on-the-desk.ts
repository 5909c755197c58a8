import { opensPost, opensTicket } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'A slow database';
const secret = 'This customer owes us for two months.';

/** What staff tell each other never reaches a customer. */
export const notesStayOnTheDesk: Story = {
  name: 'Bob and Cleo write notes; Ben sees the reply and none of them',
  async play(company) {
    const ben = company.slack('ben');
    const bob = company.discord('bob');
    const cleo = company.discord('cleo');
    const ticket = await opensTicket(company, ben, 'en', {
      subject,
      description: 'Queries take ten seconds.',
    });
    await opensPost(bob, ticket, subject);
    await opensPost(cleo, ticket, subject);
    await bob.says(`// ${secret}`);
    await cleo.sees(secret, subject);
    await cleo.says('//then ask billing first');
    await bob.says('We have added an index. Is it better now?');
    await ben.sees('We have added an index.', subject);
    await ben.says(`/ticket show ${ticket}`, '#support');
    await ben.sees('We wrote');
    ben.doesNotSee(secret, 'no note of Bob');
    ben.doesNotSee('ask billing', 'no note of Cleo');
  },
};
