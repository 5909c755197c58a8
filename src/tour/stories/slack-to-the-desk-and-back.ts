import { opensPost, opensTicket, seesSent } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Certyfikat sklepu wygasa';

/** The main job. */
export const slackToTheDeskAndBack: Story = {
  name: 'Ana asks in Slack, in Polish; Bob answers on the desk in Discord, and they talk in her thread',
  async play(company) {
    const ana = company.slack('ana');
    const bob = company.discord('bob');
    const ticket = await opensTicket(company, ana, 'pl', {
      subject,
      description: 'Certyfikat wygasa jutro. Czy odnowi się sam?',
    });
    await opensPost(bob, ticket, subject);
    await bob.sees('Ana Nowak (slack)', subject);
    await bob.presses('Claim');
    await bob.sees('You have claimed ticket');
    await bob.says('Dzień dobry! Odnowi się sam dziś w nocy.');
    await ana.sees('Odnowi się sam dziś w nocy', subject);
    await seesSent(bob, 'Dzień dobry! Odnowi się sam dziś w nocy.');
    await ana.goes(`#${ticket} ${subject}`);
    await ana.says('Świetnie, dziękuję!');
    await bob.sees('Świetnie, dziękuję!', subject);
  },
};
