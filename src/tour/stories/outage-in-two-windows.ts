import { opensForm, opensPost, seesNumber } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Nothing answers';

/** Discord's windows are small, so a critical ticket takes two. */
export const outageInTwoWindows: Story = {
  name: 'Ben reports an outage in Discord; its facts are asked for in a second window',
  async play(company) {
    const ben = company.discord('ben');
    const bob = company.discord('bob');
    await opensForm(ben, '/ticket open');
    await ben.fills({ Priority: 'critical', Subject: subject, Description: 'All our sites are down.' });
    await ben.submits();
    await ben.sees('For a critical incident we need four more facts');
    await ben.presses('Add the facts', '#support');
    await ben.watches('the second form', ({ modal }) => modal !== null);
    await ben.fills({ Server: 'the blue one', Service: 'Web 1', Diagnostics: 'ping: 100% loss' });
    await ben.fills({ 'When it began': 'yesterday 14:30' });
    await ben.submits();
    await ben.sees('Please give the server’s IP address or the order number');
    await ben.presses('Correct it', '#support');
    await ben.watches('the second form again', ({ modal }) => modal !== null);
    await ben.fills({ Server: '2001:db8::7' });
    await ben.submits();
    const ticket = await seesNumber(company, ben, 'en', subject);
    await opensPost(bob, ticket, subject);
    await bob.sees('2001:db8::7', subject);
  },
};
