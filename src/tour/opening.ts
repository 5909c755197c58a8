import type { World } from './model.ts';

/** What is on the stage when it opens: Ana has opened a ticket in Slack, and Bob has it in front of him on the desk. */
export async function playOpening({ slack, discord }: Pick<World, 'slack' | 'discord'>): Promise<void> {
  const ana = slack.person('ana');
  const bob = discord.person('bob');
  await ana.says('/ticket');
  await ana.watches(({ modal }) => modal !== null, 'the form');
  await ana.fills({
    Temat: 'Strona sklepu się nie otwiera',
    Opis: 'Od rana sklep.example pokazuje błąd 502. Wczoraj wszystko działało. Czy możecie sprawdzić serwer?',
  });
  await ana.submits();
  if (ana.screen().modal !== null) await ana.dismisses();
  await ana.goes('Switchdesk');
  await bob.sees('#1');
  await bob.goes('#1');
}
