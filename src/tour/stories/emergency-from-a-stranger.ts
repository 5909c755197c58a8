import { opensForm, opensPost, seesNumber } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Shop is down';

/** An emergency is opened whoever asks, and the proof follows. */
export const emergencyFromAStranger: Story = {
  name: 'Ben reports an outage in Slack without proof; staff see "unverified" until he gives the code of his client area',
  async play(company) {
    const ben = company.slack('ben');
    const bob = company.discord('bob');
    await company.clientArea.knows({ ref: 'tour-ben', name: 'Ben Brown', account: 'Shop Ltd' });
    await opensForm(ben, '/ticket');
    await ben.fills({ Priority: 'critical' });
    await ben.watches('fields for the facts of an outage', ({ modal }) => (modal?.fields.length ?? 0) >= 8);
    await ben.fills({ subject, description: 'Nothing answers.', service: 'Shop' });
    await ben.fills({ server: '203.0.113.7', began: 'yesterday 14:30', diagnostics: 'ping: 100% loss' });
    await ben.submits();
    const ticket = await seesNumber(company, ben, 'en', subject);
    await ben.sees(`please prove that ticket #${ticket} is yours`);
    await opensPost(bob, ticket, subject);
    await bob.sees('⚠️ unverified');
    await ben.presses('Enter the code', `#${ticket} ${subject}`);
    await ben.watches('a window for the code', ({ modal }) => modal?.title === 'Who are you?');
    await ben.fills({ proof: await company.clientArea.proofFor('tour-ben', 'slack') });
    await ben.submits();
    await ben.sees(`Ticket #${ticket} is verified.`);
    if (ben.person.screen().modal !== null) await ben.dismisses();
    await bob.sees('The customer has proved who they are: Ben Brown, Shop Ltd.');
    await bob.sees('✅ verified');
  },
};
