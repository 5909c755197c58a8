/**
 * That the contract notices: each ability is broken on each platform, one at a time, and a case of that ability must fail. A broken one
 * says that all is well and does nothing; a number is another; an event is not told; an answer is not shown.
 */
import { describe, expect, it } from 'vitest';
import type { Channel, Limits, Receipt } from '../../../src/core/index.ts';
import type { Ability, Case, Kind, RigOptions } from './model.ts';
import { kinds, startRig } from './rigs.ts';
import { absent, contract } from './table.ts';

const allIsWell = async (): Promise<Receipt> => ({ outcome: 'delivered', ref: '1', address: '1' });

/** What a broken adapter has in the place of each. */
const members: { readonly [K in keyof Required<Channel>]: (real: NonNullable<Channel[K]>) => Channel[K] } = {
  kind: () => 'another',
  limits: real => ({ ...real, text: 0 }),
  receive: () => async () => ({ verified: true, inbound: [], respond: async () => ({ status: 200 }) }),
  deliver: () => allIsWell,
  listen: () => async () => ({ stop: async () => undefined }),
  openChat: () => allIsWell,
  openThread: () => allIsWell,
  openPost: () => allIsWell,
  showCard: () => allIsWell,
  react: () => allIsWell,
  find: () => async () => ({ outcome: 'absent' }),
  rolesOf: () => async () => [],
  hasRead: () => async () => true,
  showWriting: () => () => undefined,
  linkTo: () => () => 'https://example.com/',
  startLink: () => token => `https://example.com/?start=${token}`,
  edit: () => allIsWell,
  remove: () => allIsWell,
  echo: () => allIsWell,
  fetchFile: () => async () => ({ outcome: 'fetched', bytes: (async function* () {})() }),
  showHome: () => allIsWell,
  catchUp: () => async () => undefined,
  check: () => async () => [{ what: 'everything', ok: true }],
  close: () => async () => undefined,
  receiveFrom: () => () => ({
    open: true,
    limit: 1,
    proved: true,
    read: async () => ({ verified: true, inbound: [], respond: async () => ({ status: 200 }) }),
  }),
  forget: () => async () => undefined,
};

const numbers: { readonly [K in keyof Limits]-?: (real: Limits) => Limits[K] } = {
  text: real => real.text * 5,
  measure: () => () => 1,
  subject: real => (real.subject ?? 0) + 1,
  way: real => (real.way === 'mail' ? 'chat' : 'mail'),
  inbox: () => 'nobody@reads.example',
  forms: ({ forms }) =>
    forms === 'none' ? { fields: 5, errorsAtField: true } : { ...forms, fields: forms.fields + 1 },
  places: real => (real.places === 'shared' ? 'per-ticket' : 'shared'),
  bot: () => ({ perSecond: 500, burst: 500 }),
  place: () => ({ perSecond: 50, burst: 50 }),
  opens: () => ({ perSecond: 0, burst: 0 }),
  threadCalls: ({ threadCalls = 1 }) => threadCalls + 1,
  resendIsSafe: real => !real.resendIsSafe,
  // Slack names no number of its own: there the lie is that it takes none.
  files: ({ files }) => ({ count: (files?.bytes ?? 0) > 100_000_000 ? 0 : 11, bytes: 1 }),
  begins: real => (real.begins === undefined ? 'person' : undefined),
  many: real => (real.many === undefined ? 'chosen' : undefined),
};

const isOf = <T extends object>(table: T, key: string): key is string & keyof T => Object.hasOwn(table, key);

/** What stands between the platform and core when this ability is broken. */
function broken(ability: Ability): RigOptions {
  const [group = '', word = ''] = ability.split('.');
  if (group === 'hears')
    return { between: (inbound, answer) => (inbound.type === word ? { type: 'nothing' } : answer()) };
  if (group === 'answers')
    return {
      between: (_, answer) => {
        const given = answer();
        if (given.type !== word) return given;
        return word === 'nothing' ? { type: 'say', text: 'Nothing.' } : { type: 'nothing' };
      },
    };
  return {
    wrap: channel => {
      if (group === 'limits' && isOf(numbers, word)) {
        const lie = numbers[word];
        return with_(channel, 'limits', () => with_(channel.limits, word, () => lie(channel.limits)));
      }
      if (!isOf(members, ability)) throw new Error(`nobody says how to break ${ability}`);
      const lie = members[ability] as (real: unknown) => unknown;
      return with_(channel, ability, () => lie(channel[ability]));
    },
  };
}

/** The same with one member different; what is read late is still read late. */
function with_<T extends object>(one: T, key: keyof T, value: () => unknown): T {
  return new Proxy(one, {
    get: (target, name) => (name === key ? value() : Reflect.get(target, name)),
  });
}

/** How long a rig waits for what will not come. */
const PATIENCE_MS = 250;

async function fails(kind: Kind, { via, rateLimits, run }: Case, options: RigOptions): Promise<boolean> {
  const rig = await startRig(kind, {
    ...options,
    ...(via && { via }),
    ...(rateLimits && { rateLimits }),
    patience: PATIENCE_MS,
  });
  try {
    await run(rig);
    return false;
  } catch {
    return true;
  } finally {
    await rig.stop();
  }
}

/** The bench of these is what measures them. */
const measured: ReadonlySet<Ability> = new Set<Ability>(['limits.opens']);

describe.each(kinds)('%s', kind => {
  const there = [...contract.keys()].filter(one => absent[kind][one] === undefined && !measured.has(one));
  it.each(there)('a broken %s is noticed', async ability => {
    const cases = (contract.get(ability) ?? []).filter(one => one.absent?.[kind] === undefined);
    for (const one of cases) if (await fails(kind, one, broken(ability))) return;
    expect.fail(`no case of ${ability} fails on ${kind} when it is broken`);
  });
});
