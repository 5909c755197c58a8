import { opensPost, opensTicket } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = '@everyone <!channel> <@&1>';
const CROWD = /^(everyone|here|channel|Staff|Support|staff|support)$/;

/** Mentions of a crowd are only letters, in names, subjects and texts. */
export const nobodyIsPinged: Story = {
  name: 'Eve tries to call everybody; her words arrive as letters, and nobody is disturbed',
  async play(company) {
    const eve = company.slack('eve');
    const bob = company.discord('bob');
    const before = crowd(company.world);
    const ticket = await opensTicket(company, eve, 'en', {
      subject,
      description: 'Hello @everyone @here <!channel> <!here> <@&123>, look!',
    });
    await opensPost(bob, ticket, subject);
    await bob.sees('Hello @everyone @here <!channel> <!here> <@&123>, look!', subject);
    await bob.sees('@everyone <!channel> *x* <b> (slack)', subject);
    await bob.says('Please do not write <!channel> again.');
    await eve.sees('Please do not write <!channel> again.');
    const after = crowd(company.world);
    if (after > before) throw new Error(`nobody was to be pinged, and ${after - before} times somebody was`);
  },
};

/** How often a crowd was called so far. */
function crowd(world: Parameters<Story['play']>[0]['world']): number {
  const { slack, discord, telegram } = world;
  return [...slack.pings, ...discord.pings, ...telegram.pings].filter(({ whom }) => CROWD.test(whom)).length;
}
