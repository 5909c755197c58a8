// The order matters: Slack's SDK brings a second undici, and installs its dispatcher for the whole process.
import '@slack/bolt';
import { expect, it } from 'vitest';
import { delivered, startWorld, threadFor } from './world.ts';

it('works in one process with Slack’s SDK, loaded before it', async () => {
  const world = await startWorld();
  const { address } = delivered(await world.channel.openThread(threadFor(world.sim)));
  const receipt = await world.channel.deliver(
    { id: 'd1', class: 'reply', text: 'Hello', buttons: [] },
    address,
  );
  expect(receipt.outcome).toBe('delivered');
  await world.stop();
});
