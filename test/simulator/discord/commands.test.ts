import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ticket } from './desk-kit.ts';
import type { Json } from './kit.ts';
import { refused, world } from './kit.ts';

describe('registering commands', () => {
  it('replaces, keeps ids of the same names, and lists', async () => {
    const { sim, rest } = await world();
    const route = Routes.applicationCommands(sim.applicationId);
    const [first] = (await rest.put(route, { body: [ticket] })) as Json[];
    const [again] = (await rest.put(route, { body: [{ ...ticket, description: 'New words' }] })) as Json[];
    expect(again).toMatchObject({ id: first?.id, description: 'New words' });
    await rest.post(route, { body: { name: 'help', description: 'Help' } });
    expect(((await rest.get(route)) as Json[]).map(one => one.name)).toEqual(['ticket', 'help']);
    await rest.delete(Routes.applicationCommand(sim.applicationId, String(first?.id)));
    expect(
      (await refused(rest.get(Routes.applicationCommand(sim.applicationId, String(first?.id))))).code,
    ).toBe(10063);
    expect(
      sim
        .person('ana')
        .screen()
        .commands.map(one => one.name),
    ).toEqual(['/help']);
  });

  it.each([
    ['capitals in the name', { name: 'Ticket' }],
    ['no description', { description: undefined }],
    ['an unknown language', { name_localizations: { xx: 'a' } }],
    [
      'a required option after an optional one',
      {
        options: [
          { type: 3, name: 'a', description: 'a' },
          { type: 3, name: 'b', description: 'b', required: true },
        ],
      },
    ],
    [
      '26 options',
      { options: Array.from({ length: 26 }, (_, n) => ({ type: 3, name: `o${n}`, description: 'd' })) },
    ],
    [
      'choices beside autocomplete',
      {
        options: [
          { type: 3, name: 'a', description: 'a', autocomplete: true, choices: [{ name: 'x', value: 'x' }] },
        ],
      },
    ],
  ])('refuses %s', async (_, more) => {
    const { sim, rest } = await world();
    const body = { name: 'ticket', description: 'd', ...more };
    expect((await refused(rest.post(Routes.applicationCommands(sim.applicationId), { body }))).code).toBe(
      50035,
    );
  });
});
