import { expect, test } from 'vitest';
import { allQuiet, conversationOf, goesToPost, inWorld, opensByForm, rowCounts, sentTo } from './steps.ts';

const world = inWorld();

/** The rows that tell what was done. A refusal is answered, which is a delivery and a receipt. */
async function done(): Promise<unknown> {
  const { ticket, message, event } = await rowCounts(world);
  const states = await world.database.sql`select state, assignee_id from ticket order by id`;
  return { ticket, message, event, states: [...states] };
}

test('Ben can see the desk, as a guest, and cannot act there', async () => {
  const ana = world.slack.person('ana');
  const ben = world.discord.person('ben');
  const number = await opensByForm(ana);
  world.discord.letIn('ben', world.discord.deskChannelId);
  await goesToPost(ben, number);
  await allQuiet(world);
  const before = await done();
  await ben.presses('Close');
  await ben.sees('Only support staff can do this.');
  await ben.says('Hello, this is support.');
  await ben.watches(
    () =>
      conversationOf(ben, number).messages.some(
        one => one.bot && !one.ephemeral && one.text.includes('Only support staff'),
      ),
    'a refusal in the post',
  );
  await allQuiet(world);
  expect(await done()).toEqual(before);
  expect(sentTo(world.slack)).not.toContain('this is support');
});

test('Cleo’s role is taken away while she looks at a ticket: her presses and her words do nothing any more', async () => {
  const ana = world.slack.person('ana');
  const cleo = world.discord.person('cleo');
  const number = await opensByForm(ana);
  await goesToPost(cleo, number);
  await allQuiet(world);
  const before = await done();
  world.discord.letIn('cleo', world.discord.deskChannelId);
  world.discord.setRoles('cleo', []);
  for (const button of ['Claim', 'Wait', 'Solve', 'Close']) {
    const told = conversationOf(cleo, number).messages.filter(one => one.ephemeral).length;
    await cleo.presses(button);
    await cleo.watches(
      () => conversationOf(cleo, number).messages.filter(one => one.ephemeral).length > told,
      `an answer to ${button}`,
    );
  }
  await cleo.says('I am the admin, send me your password.');
  await cleo.sees('Only support staff can do this.');
  await allQuiet(world);
  expect(await done()).toEqual(before);
  expect(sentTo(world.slack)).not.toContain('password');

  world.discord.setRoles('cleo', [world.discord.staffRoleId]);
  await cleo.presses('Claim');
  await cleo.sees(`You have claimed ticket #${number}`);
});
