import { opensPost, opensTicket, seesTag } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'The disk is full';

/** The life of a ticket after the first answer. */
export const solvedAndOpenedAgain: Story = {
  name: 'Bob asks back and calls it solved; Ben answers, and the ticket is open again',
  async play(company) {
    const ben = company.slack('ben');
    const bob = company.discord('bob');
    const ticket = await opensTicket(company, ben, 'en', {
      subject,
      description: 'We cannot write any more.',
    });
    await opensPost(bob, ticket, subject);
    await bob.says('May we delete the old logs?');
    await bob.presses('Wait');
    await seesTag(bob, ticket, 'waiting');
    await ben.sees(`We need your answer to go on with ticket #${ticket}`);
    await ben.goes(`#${ticket} ${subject}`);
    await ben.says('Yes, please.');
    await seesTag(bob, ticket, 'open');
    await bob.sees('Yes, please.', subject);
    await bob.presses('Solve');
    await ben.sees(`We consider ticket #${ticket} solved`);
    await seesTag(bob, ticket, 'solved');
    await ben.says('It is full again.');
    await seesTag(bob, ticket, 'open');
    await ben.sees(`Ticket #${ticket} is open again`);
  },
};
