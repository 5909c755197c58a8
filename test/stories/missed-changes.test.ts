import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { allQuiet, conversationOf, goesToPost, inWorld, opensByForm, writes } from './steps.ts';

const world = inWorld({ pace: 4 });

const messageWith = (person: Person, text: string) =>
  person
    .screen()
    .places.flatMap(({ messages }) => messages)
    .find(one => one.text.includes(text));
const emojisOn = (person: Person, text: string): string[] =>
  messageWith(person, text)?.reactions.map(({ emoji }) => emoji) ?? [];

test.each(['discord', 'slack'] as const)(
  'what %s customers take back and react to while the desk is down follows when it is back',
  async platform => {
    const ana = world[platform].person('ana');
    const bob = world.discord.person('bob');
    const number = await opensByForm(ana);
    await goesToPost(bob, number);
    const wrong = await writes(ana, number, `Wrong window ${platform}`);
    await writes(ana, number, `Right window ${platform}`);
    await bob.sees(`Right window ${platform}`);
    await bob.says(`An answer ${platform}`, conversationOf(bob, number).id);
    await ana.sees(`An answer ${platform}`);
    await allQuiet(world);

    await world.halt();
    await ana.deletes(wrong ?? '');
    await ana.reacts(messageWith(ana, `An answer ${platform}`)?.id ?? '', '🎉');
    await world.start();
    await bob.watches(() => emojisOn(bob, `An answer ${platform}`).includes('🎉'), 'her reaction');
    await bob.watches(
      () => messageWith(bob, `Wrong window ${platform}`) === undefined,
      'her message to be gone',
    );
    expect(messageWith(bob, `Right window ${platform}`)).toBeDefined();

    await world.halt();
    await ana.reacts(messageWith(ana, `An answer ${platform}`)?.id ?? '', '🎉', false);
    await world.start();
    await bob.watches(
      () => !emojisOn(bob, `An answer ${platform}`).includes('🎉'),
      'her reaction to be gone',
    );
  },
);
