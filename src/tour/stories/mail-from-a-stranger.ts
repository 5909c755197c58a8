import { opensPost, seesSent } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'How do I move my domain to you?';

/** Mail is answered whoever writes; what is of an account needs its own address. */
export const mailFromAStranger: Story = {
  name: 'Eve writes to support@ from an address that is on nobody’s file: she is answered, and told how to prove who she is',
  async play(company) {
    const eve = company.mail('eve');
    const bob = company.discord('bob');
    await company.clientArea.knows({ ref: 'tour-eve', name: 'Eve Green', account: 'Green Ltd' });
    await eve.says(`${subject}\nHello, what do you need from me?`);
    const ack = await eve.person.sees(/\[#\d+\] How do I move/);
    const ticket = company.about(Number(/\[#(\d+)\]/.exec(ack)?.[1]));
    const place = `[#${ticket}] ${subject}`;
    await eve.goes(place);
    await eve.sees('General questions we answer right away.');
    await opensPost(bob, ticket, subject);
    await bob.sees('⚠️ unverified');
    await bob.says('The transfer code of your domain is all we need.');
    await seesSent(bob, 'The transfer code of your domain is all we need.');
    await eve.sees('The transfer code of your domain is all we need.');
    await eve.says('Thank you, here it comes.');
    await bob.sees('Thank you, here it comes.');
  },
};
