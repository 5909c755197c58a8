import { opensForm, opensPost, seesNumber } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Shop does not answer';

/** Staff look at who would be told, and tell them; who asks about it is answered by the outage. */
export const outageToldOnce: Story = {
  name: 'Bob announces an outage and sees first who is told; Ben hears of his own server, and his ticket follows the outage to its end',
  async play(company) {
    const ben = company.slack('ben');
    const bob = company.discord('bob');
    const server = { name: 'Shop server', location: 'WAW1' };
    await company.clientArea.knows({ ref: 'tour-ben', name: 'Ben Brown', account: 'Shop Ltd', server });
    await ben.says(`/ticket link ${await company.clientArea.proofFor('tour-ben', 'slack')}`, '#support');
    await ben.sees('Ben Brown');
    await bob.says('/notice outage', '#general');
    await bob.watches('a form', ({ modal }) => modal !== null);
    await bob.fills({ title: 'Power in WAW1', text: 'A feed is down.', about: 'WAW1' });
    await bob.submits();
    await bob.sees('Nothing has been sent yet.');
    await bob.sees('1 service of 1 account');
    await bob.presses('Send it', '#general');
    const sent = await bob.sees(/N-\d+ is on its way/);
    const outage = /N-(\d+) is on its way/.exec(sent)?.[1] ?? '';
    await ben.sees(`Outage N-${outage}: Power in WAW1`);
    await ben.sees('Concerns: Shop server');
    await opensForm(ben, '/ticket');
    await ben.fills({ Service: 'Shop server', Subject: subject, Description: 'Since when, and until when?' });
    await ben.submits();
    const ticket = await seesNumber(company, ben, 'en', subject);
    await ben.sees(`about something we are working on: outage N-${outage}`);
    await opensPost(bob, ticket, subject);
    await bob.sees(`Part of outage N-${outage}`);
    await bob.says(`/notice resolve notice:${outage}`, '#general');
    await bob.watches('a form', ({ modal }) => modal !== null);
    await bob.fills({ text: 'The feed was replaced.' });
    await bob.submits();
    await bob.presses('Send it', '#general');
    await ben.sees(`Outage N-${outage} (resolved): Power in WAW1`);
    await ben.sees(`Outage N-${outage} is over`);
    await ben.sees(`We consider ticket #${ticket} solved.`);
  },
};
