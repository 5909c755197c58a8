/** Giving back what is held open. */
import { expect } from 'vitest';
import { type Case, message, opensThread, type Rig } from './model.ts';

/** Talks to the platform, and holds a connection to it. */
async function holding(rig: Rig): Promise<string> {
  const { address } = await opensThread(rig);
  await Promise.all(['one', 'two', 'three'].map(text => rig.channel.deliver(message(text), address)));
  expect(rig.connections()).toBeGreaterThan(0);
  return address;
}

export const close: readonly Case[] = [
  {
    name: 'leaves no connection, and twice is once',
    async run(rig) {
      await holding(rig);
      for (let times = 0; times < 2; times += 1) {
        await rig.channel.close?.();
        await expect.poll(() => rig.connections(), { timeout: rig.patience }).toBe(0);
      }
    },
  },
  {
    name: 'before anything was sent it is harmless',
    async run(rig) {
      await rig.channel.close?.();
      expect(rig.connections()).toBe(0);
    },
  },
  {
    name: 'lets what is on its way arrive',
    async run(rig) {
      const address = await holding(rig);
      const sending = rig.channel.deliver(message('on its way'), address);
      await rig.channel.close?.();
      const receipt = await sending;
      const arrived = rig.messages(rig.customer).filter(({ text }) => text === 'on its way').length;
      expect([receipt.outcome, arrived]).toEqual(arrived === 1 ? ['delivered', 1] : ['retry', 0]);
    },
  },
  {
    name: 'what is sent after it was certainly not sent, and opens nothing again',
    async run(rig) {
      const address = await holding(rig);
      await rig.channel.close?.();
      expect(await rig.channel.deliver(message('too late'), address)).toMatchObject({ outcome: 'retry' });
      await expect.poll(() => rig.connections(), { timeout: rig.patience }).toBe(0);
      expect(rig.messages(rig.customer).some(({ text }) => text === 'too late')).toBe(false);
    },
  },
];
