import { opensPost, seesNumber, seesSent } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'The mail server is down';

/** Where a platform has no forms, the form is a conversation. */
export const telegramConversation: Story = {
  name: 'Ben reports an outage to the bot in Telegram, step by step, with a step back',
  async play(company) {
    const ben = company.telegram('ben');
    const bob = company.discord('bob');
    await ben.says(`/ticket ${subject}`);
    await ben.sees('Who should look at it first?');
    await ben.presses('Financial');
    await ben.sees('How urgent is it?');
    await ben.presses('Back');
    await ben.watches('the first question again', ({ places }) =>
      places.some(({ messages }) => messages.at(-1)?.text.startsWith('Who should look') ?? false),
    );
    await ben.presses('Technical');
    await ben.watches('the second question again', ({ places }) =>
      places.some(({ messages }) => messages.at(-1)?.text.startsWith('How urgent') ?? false),
    );
    await ben.presses('High');
    await ben.sees('What happens, and what did you expect?');
    await ben.says('No mail arrives since noon.');
    await ben.sees('Which server?');
    await ben.says('the blue one');
    await ben.sees('Please give the server’s IP address or the order number');
    await ben.says('#123456');
    await ben.sees('What is the service called');
    await ben.says('Mail 2');
    await ben.sees('When did it begin?');
    await ben.says('yesterday 14:30');
    await ben.sees('What have you checked so far?');
    await ben.says('telnet to port 25: refused');
    await ben.sees('This is what we would send');
    await ben.presses('Send');
    const ticket = await seesNumber(company, ben, 'en', subject);
    await opensPost(bob, ticket, subject);
    await bob.sees('#123456', subject);
    await bob.says('We restart it now.');
    await ben.sees(/We restart it now\./);
    await seesSent(bob, 'We restart it now.');
    await ben.says('Mail arrives again.');
    await bob.sees('Mail arrives again.', subject);
  },
};
