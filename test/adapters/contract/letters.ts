/** Letters: what is written to the desk in no place, and what comes back of ours. */
import { expect } from 'vitest';
import { type Case, message, opensThread } from './model.ts';

export const wrote: readonly Case[] = [
  {
    name: 'what somebody writes is heard, with who says that they wrote it, and a name of its own',
    async run(rig) {
      const ref = await rig.says(rig.customer, '', 'It does not work.');
      const heard = await rig.hears('wrote');
      expect(heard).toMatchObject({ text: 'It does not work.', ref, subject: 'A letter', vouched: false });
      expect(heard.from.externalId).toBe(rig.who.externalId);
      expect(heard.from.space).not.toBe(rig.who.space);
    },
  },
];

export const bounced: readonly Case[] = [
  {
    name: 'a message of ours that comes back is told by our own id of it',
    async run(rig) {
      await opensThread(rig);
      const one = message('are you there?');
      const receipt = await rig.channel.deliver(one, rig.who.externalId);
      if (receipt.outcome !== 'delivered') throw new Error(receipt.why);
      await rig.returns(receipt.ref ?? '');
      expect(await rig.hears('bounced')).toMatchObject({
        delivery: { delivery: one.id, at: one.at },
        code: 'gone',
      });
    },
  },
];

export const receiveFrom: readonly Case[] = [
  {
    name: 'whoever has the secret is let in, and nobody else, nor at a door that is not there',
    async run(rig) {
      const right = await rig.knocks('right');
      expect(right).toMatchObject({ verified: true });
      if (right.verified) {
        expect(right.inbound).toHaveLength(1);
        expect((await right.respond([{ type: 'nothing' }])).status).toBe(200);
      }
      for (const how of ['wrong', 'nowhere'] as const)
        expect(await rig.knocks(how)).toMatchObject({ verified: false });
    },
  },
];

export const forget: readonly Case[] = [
  {
    name: 'what is kept of a person is dropped, and of nobody else',
    async run(rig) {
      await rig.sends('', 'look', { name: 'trace.log', bytes: new TextEncoder().encode('it broke') });
      const { files: [file] = [] } = await rig.hears('wrote');
      if (file === undefined) throw new Error('the file was not told of');
      await rig.channel.forget?.({ space: '', externalId: 'somebody@else.example' });
      expect(await rig.channel.fetchFile?.(file, 100)).toMatchObject({ outcome: 'fetched' });
      await rig.channel.forget?.(rig.who);
      expect(await rig.channel.fetchFile?.(file, 100)).toMatchObject({ outcome: 'refused' });
    },
  },
];
