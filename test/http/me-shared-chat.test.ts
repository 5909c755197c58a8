import { expect, onTestFinished, test } from 'vitest';
import { linkTo, settled } from '../core/preference/kit.ts';
import { scriptedChannel } from '../harness/channel.ts';
import { openTicket } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { signedIn, startMe } from './me-kit.ts';

test('a ticket of a chat that all tickets share shows there what is written on the page, and to which ticket', async () => {
  const talk = scriptedChannel('talk', { places: 'shared' });
  const own = await startMe({ channels: [talk] });
  onTestFinished(() => own.close());
  await linkTo(own.t, 'talk', 'ana');
  const { number } = await openTicket(own.t, own.chat, own.forum, 'ana');
  await own.t.database.sql`
    with there as (insert into place (channel, role, address, handle_id) select 'talk', 'customer', 'dm-ana', id from handle where channel = 'talk' returning id, handle_id)
    update ticket set handle_id = there.handle_id, place_id = there.id from there`;
  const ana = await signedIn(own);
  await ana.get(`/me/tickets/${number}`);
  await ana.send(`/me/tickets/${number}/reply`, { text: 'The second one' });
  await settled(own.t);
  expect(talk.calls.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      new RegExp(`^\\*\\*#${number}\\*\\* · .+\\n\\n\\*\\*You wrote\\*\\*\\n\\nThe second one$`),
    ),
  ]);
  // It is of the ticket, as what answers it there is; that it cannot be shown is nobody's trouble.
  const said = eventsAt(own.t.clock).says('ana', 'dm-ana', 'The one in the back', {
    direct: true,
    replyTo: 'm1',
  });
  await own.t.desk.accept('talk', said);
  await settled(own.t);
  expect(own.forum.calls.at(-1)?.text).toContain('The one in the back');
  talk.script = () => ({ outcome: 'refused', code: 'forbidden', why: 'blocked' });
  const before = own.forum.calls.length;
  await ana.get(`/me/tickets/${number}`);
  await ana.send(`/me/tickets/${number}/reply`, { text: 'And the third' });
  await settled(own.t);
  expect(own.forum.calls.slice(before).map(({ text }) => text)).toEqual([
    expect.stringContaining('And the third'),
  ]);
});
