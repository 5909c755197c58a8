/** Every adapter through every ability it declares: the real adapter, its real SDK, the platform's wire. */
import { describe, expect, it } from 'vitest';
import type { Ability, Case, Kind } from './model.ts';
import { kinds, startRig } from './rigs.ts';
import { absent, contract } from './table.ts';

async function keeps(kind: Kind, { via, rateLimits, run }: Case): Promise<void> {
  const rig = await startRig(kind, { ...(via && { via }), ...(rateLimits && { rateLimits }) });
  try {
    await run(rig);
  } finally {
    await rig.stop();
  }
}

describe.each(kinds)('%s', kind => {
  for (const [ability, cases] of contract) {
    describe(ability, () => {
      for (const one of cases) {
        const reason = absent[kind][ability] ?? one.absent?.[kind];
        if (reason === undefined) it(one.name, () => keeps(kind, one));
        else it.skip(`${one.name} (absent by design: ${reason})`);
      }
    });
  }

  it('has each ability that is not absent by design, and no other', async () => {
    const rig = await startRig(kind);
    const { channel } = rig;
    const members = Object.entries(channel).flatMap(([key, value]) => (value === undefined ? [] : [key]));
    const limits = Object.entries(channel.limits).flatMap(([key, value]) =>
      value === undefined ? [] : [`limits.${key}`],
    );
    await rig.stop();
    // What Slack's listening needs is Socket Mode, and the rig's is on.
    const expected = [...contract.keys()].filter(
      ability => !/^(?:hears|answers)\./.test(ability) && absent[kind][ability] === undefined,
    );
    expect(new Set([...members, ...limits])).toEqual(new Set<string>(expected));
  });

  it('says why for each that is absent', () => {
    for (const [ability, reason] of Object.entries(absent[kind])) {
      expect(contract.has(ability as Ability), ability).toBe(true);
      expect(reason.length, ability).toBeGreaterThan(20);
    }
  });
});

it('every ability has a case', () => {
  for (const [ability, cases] of contract) expect(cases.length, ability).toBeGreaterThan(0);
});
