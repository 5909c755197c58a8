/** Taking events by itself, and what is found of those that were missed. */
import { expect } from 'vitest';
import type { KnownPlace } from '../../../src/core/index.ts';
import { type Case, message, opensThread } from './model.ts';

export const listen: readonly Case[] = [
  {
    name: 'takes what comes by itself, until it is stopped',
    via: 'nothing',
    async run(rig) {
      const { address } = await opensThread(rig);
      const stop = await rig.listen();
      await rig.says(rig.customer, address, 'anybody?');
      expect(await rig.hears('said')).toMatchObject({ text: 'anybody?' });
      await stop();
    },
  },
];

const known = (address: string, ref: string): KnownPlace => ({
  address,
  role: 'customer',
  lastRef: ref,
  since: new Date(Date.now() - 60_000),
});

export const catchUp: readonly Case[] = [
  {
    name: 'what was said meanwhile is handed in, in order, with its changes, and as the same events however often',
    via: 'nothing',
    async run(rig) {
      const { address, ref } = await opensThread(rig);
      for (const text of ['one', 'two']) await rig.says(rig.customer, address, text);
      await rig.channel.deliver(message('ours'), address);
      await rig.customer.edits(await rig.says(rig.customer, address, 'thre'), 'three');
      const found: string[] = [];
      const look = () =>
        rig.channel.catchUp?.(
          async one => {
            found.push(`${one.eventId} ${one.type === 'said' ? one.text : one.type}`);
            return { type: 'nothing' };
          },
          known(address, ref),
          new AbortController().signal,
        );
      await look();
      const first = found.splice(0);
      expect(first.filter(one => !one.endsWith('edited')).map(one => one.split(' ').at(-1))).toEqual([
        'one',
        'two',
        'three',
      ]);
      await look();
      expect(found).toEqual(first);
    },
  },
  {
    name: 'what became meanwhile of what is known is told: taken back, reacted to, no longer reacted to; of the rest nothing',
    via: 'nothing',
    async run(rig) {
      const { address, ref } = await opensThread(rig);
      const [gone, liked, cold, same] = ['gone', 'liked', 'cold', 'same'] as const;
      const refs = new Map<string, string>();
      for (const text of [gone, liked, cold, same])
        refs.set(text, await rig.says(rig.customer, address, text));
      const of = (text: string): string => refs.get(text) ?? '';
      await rig.customer.deletes(of(gone));
      await rig.customer.reacts(of(liked), '🎉');
      await rig.customer.reacts(of(same), '👍');
      const was = (text: string, emoji?: string) => ({
        ref: of(text),
        said: true,
        reactions: emoji === undefined ? [] : [{ emoji, externalId: rig.who.externalId }],
      });
      const found: unknown[] = [];
      await rig.channel.catchUp?.(
        async one => {
          const { type, eventId: _, at: __, ...rest } = one as typeof one & Record<string, unknown>;
          if (type === 'deleted') found.push([type, rest.ref]);
          if (type === 'reacted') found.push([type, rest.ref, rest.emoji, rest.on, one.from?.externalId]);
          return { type: 'nothing' };
        },
        { ...known(address, ref), known: [was(gone), was(liked), was(cold, '👍'), was(same, '👍')] },
        new AbortController().signal,
      );
      expect(found).toEqual([
        ['deleted', of(gone)],
        ['reacted', of(liked), '🎉', true, rig.who.externalId],
        ['reacted', of(cold), '👍', false, rig.who.externalId],
      ]);
    },
  },
];
