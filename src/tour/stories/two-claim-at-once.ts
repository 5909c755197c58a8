import { opensPost, opensTicket } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'A question about backups';

/** One wins, and the other is told who. */
export const twoClaimAtOnce: Story = {
  name: 'Bob and Cleo claim a ticket at the same moment; one gets it, the other is told who',
  async play(company) {
    const ben = company.discord('ben');
    const bob = company.discord('bob');
    const cleo = company.discord('cleo');
    const ticket = await opensTicket(company, ben, 'en', {
      subject,
      description: 'How long do you keep them?',
    });
    await opensPost(bob, ticket, subject);
    await opensPost(cleo, ticket, subject);
    await Promise.all([bob.presses('Claim'), cleo.presses('Claim')]);
    const won = new RegExp(`You have claimed ticket #${ticket}\\.`);
    const lost = /(was quicker and has claimed|is already claimed by)/;
    const either = new RegExp(`${won.source}|${lost.source}`);
    const title = `#${ticket} ${subject}`;
    const seen = [await bob.sees(either, title), await cleo.sees(either, title)];
    if (seen.filter(text => won.test(text)).length !== 1)
      throw new Error(`exactly one was to win, and they were told: ${seen.join(' / ')}`);
    const winner = won.test(seen[0] ?? '') ? 'Bob Miller' : 'Cleo Adams';
    await bob.watches(`${winner} on the card`, ({ places }) =>
      places.some(({ messages }) => messages.some(({ text }) => text.includes(`Assignee\n${winner}`))),
    );
    if (!seen.some(text => text.includes(winner)))
      throw new Error(
        `the other was to be told that ${winner} has it, and they were told: ${seen.join(' / ')}`,
      );
  },
};
