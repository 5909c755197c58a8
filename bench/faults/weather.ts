import { setTimeout as delay } from 'node:timers/promises';
import { botPermissions, Permission } from '../../src/simulator/discord/index.ts';
import type { Fault, PlaceView } from '../../src/simulator/model.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

/** One thing that can go wrong. */
interface Harm {
  readonly name: string;
  /** How often, beside the others. */
  readonly weight: number;
  do(world: World, chance: Chance, mayGo: MayGo): void | Promise<void>;
}

/** Whether a place may be deleted: all that was done in it is judged. */
export type MayGo = (place: PlaceView) => boolean;

/** Between two harms, in ms of real time: from, to. */
const PAUSE_MS = [150, 900] as const;

type Where = 'slack' | 'discord' | 'telegram';

/** What the desk sends that people see. */
const sending: Readonly<Record<Where, RegExp>> = {
  slack: /chat\.postMessage|chat\.update|conversations\.open/,
  discord: /POST .*(messages|threads)|PUT .*reactions|PATCH .*channels/,
  telegram: /sendMessage|answerCallbackQuery/,
};
const platforms: readonly Where[] = ['slack', 'discord', 'telegram'];

function onSending(name: string, weight: number, fault: Omit<Fault, 'match'>): Harm[] {
  return platforms.map(where => ({
    name: `${where}: ${name}`,
    weight,
    do: (world, chance) =>
      world[where].addFault({ ...fault, match: sending[where], times: chance.between(1, 3) }),
  }));
}

/** The token is refused for a while, as while it is rotated: Slack says so with 200. */
const revoked: readonly Harm[] = [
  {
    name: 'slack: token revoked',
    weight: 1,
    do: ({ slack }) =>
      slack.addFault({ match: sending.slack, kind: 'platform-error', code: 'token_revoked', times: 3 }),
  },
  {
    name: 'discord: token revoked',
    weight: 1,
    do: ({ discord }) => discord.addFault({ match: sending.discord, kind: 'status', status: 401, times: 3 }),
  },
  {
    name: 'telegram: token revoked',
    weight: 1,
    do: ({ telegram }) =>
      telegram.addFault({ match: sending.telegram, kind: 'status', status: 401, times: 3 }),
  },
];

/** One at a time, since little mail goes and comes: the mail server, by SMTP where the desk sends, by IMAP where it reads, and whoever brings mail over HTTP. */
const mails: readonly Harm[] = [
  ...(
    [
      ['answer lost', 2, { match: /^DATA/, kind: 'lose-answer' }],
      ['connection refused', 1, { match: /^DATA/, kind: 'refuse-connection' }],
      ['451', 1, { match: /^DATA/, kind: 'status', status: 451 }],
      ['421', 1, { match: /^CONNECT/, kind: 'status', status: 421 }],
      ['554', 1, { match: /^DATA/, kind: 'status', status: 554 }],
      ['no answer at all', 1, { match: /^DATA/, kind: 'hang' }],
      ['lost while a mail is brought', 1, { match: /^UID FETCH/, kind: 'refuse-connection' }],
      ['lost while one is marked', 2, { match: /^UID STORE/, kind: 'refuse-connection' }],
      ['marking refused', 1, { match: /^UID STORE/, kind: 'platform-error' }],
      ['lost while idle', 1, { match: /^IDLE/, kind: 'refuse-connection' }],
    ] as const
  ).map(
    ([name, weight, fault]): Harm => ({
      name: `mail: ${name}`,
      weight,
      do: ({ mail }) => mail.addFault(fault),
    }),
  ),
  { name: 'mail: brought twice', weight: 2, do: ({ front }) => front.lay('twice', 'mail') },
  { name: 'mail: brought late', weight: 1, do: ({ front }) => front.lay('late', 'mail') },
  { name: 'mail: an acknowledgement lost', weight: 2, do: ({ front }) => front.lay('answer-lost', 'mail') },
];

/** How long a browser has no connection, in ms of real time: from, to. */
const OFFLINE_MS = [200, 2500] as const;

const browsers: readonly Harm[] = [
  {
    name: 'website: a connection lost',
    weight: 5,
    do: async ({ website }, chance) => {
      const person = chance.of(website.people);
      person.leaves();
      await delay(chance.between(...OFFLINE_MS));
      // While the desk is away it lets nobody in: the bubble tries by itself.
      person.returns().catch(() => undefined);
    },
  },
];

/** How long the bot is without its rights, in ms of real time: from, to. */
const RIGHTLESS_MS = [300, 1500] as const;

/** Threads of customers and posts of staff in Discord, as somebody there sees them. */
function threadsOf({ discord }: World): readonly PlaceView[] {
  const all = discord.people.flatMap(person => person.screen().places);
  const threads = all.filter(
    ({ kind, title }) => (kind === 'thread' || kind === 'post') && title.includes('#'),
  );
  return [...new Map(threads.map(one => [one.id, one])).values()];
}

const places: readonly Harm[] = [
  {
    name: 'discord: a thread archived',
    weight: 2,
    do: (world, chance) => {
      const threads = threadsOf(world);
      if (threads.length > 0) world.discord.setThread(chance.of(threads).id, { archived: true });
    },
  },
  {
    name: 'discord: a thread deleted',
    weight: 1,
    do: (world, chance, mayGo) => {
      const quiet = threadsOf(world).filter(mayGo);
      if (quiet.length > 0) world.discord.removeChannel(chance.of(quiet).id);
    },
  },
  {
    name: 'discord: the bot without its rights',
    weight: 1,
    do: async ({ discord }, chance) => {
      const lost =
        Permission.createPrivateThreads | Permission.createPublicThreads | Permission.manageThreads;
      discord.setBotPermissions(botPermissions & ~lost);
      await delay(chance.between(...RIGHTLESS_MS));
      discord.setBotPermissions(botPermissions);
    },
  },
  // Slack's triggers and Discord's first answers are good for three seconds.
  { name: 'triggers expire', weight: 1, do: ({ clock }) => clock.forward(3_100) },
];

const harms: readonly Harm[] = [
  ...places,
  ...mails,
  ...browsers,
  ...onSending('answer lost', 4, { kind: 'lose-answer' }),
  ...onSending('connection refused', 2, { kind: 'refuse-connection' }),
  ...onSending('500', 2, { kind: 'status', status: 500 }),
  ...onSending('503', 1, { kind: 'status', status: 503 }),
  ...onSending('429', 2, { kind: 'status', status: 429, retryAfterSeconds: 1 }),
  ...onSending('429 for long', 1, { kind: 'status', status: 429, retryAfterSeconds: 30 }),
  ...onSending('no answer at all', 1, { kind: 'hang' }),
  ...revoked,
  { name: 'slack: an event twice', weight: 2, do: ({ front }) => front.lay('twice') },
  { name: 'slack: an event late', weight: 1, do: ({ front }) => front.lay('late') },
  { name: 'slack: an acknowledgement lost', weight: 2, do: ({ front }) => front.lay('answer-lost') },
  {
    name: 'discord: an event twice',
    weight: 2,
    do: async ({ discord }) => void (await discord.redeliverLast()),
  },
  {
    name: 'telegram: an update twice',
    weight: 2,
    // What waits still is given again anyhow; given out of its turn it would be an order that Telegram never has.
    do: async ({ telegram }) => void (telegram.pendingUpdates === 0 && (await telegram.redeliverLast())),
  },
  {
    name: 'telegram: updates not given',
    weight: 1,
    do: ({ telegram }) => telegram.addFault({ match: /getUpdates/, kind: 'status', status: 502 }),
  },
  {
    name: 'discord: gateway dropped',
    weight: 2,
    do: ({ discord }) => discord.dropGateway({ resumable: true }),
  },
  {
    name: 'discord: gateway dropped, session lost',
    weight: 2,
    do: ({ discord }) => discord.dropGateway({ resumable: false }),
  },
  { name: 'discord: asked to reconnect', weight: 1, do: ({ discord }) => discord.askReconnect() },
  { name: 'discord: session invalid', weight: 1, do: ({ discord }) => discord.invalidateSession(false) },
];

/** Does harm until told to stop; counts what it did. */
export async function weather(
  world: World,
  chance: Chance,
  isOver: () => boolean,
  mayGo: MayGo,
): Promise<Readonly<Record<string, number>>> {
  const bag = harms.flatMap(harm => Array.from({ length: harm.weight }, () => harm));
  const done: Record<string, number> = {};
  while (!isOver()) {
    await delay(chance.between(...PAUSE_MS));
    if (isOver()) break;
    const harm = chance.of(bag);
    done[harm.name] = (done[harm.name] ?? 0) + 1;
    await harm.do(world, chance, mayGo);
  }
  return done;
}

/** PostgreSQL is stopped every few seconds, now gently, now not; its supervisor starts it again. Returns how often. */
export async function outages(world: World, chance: Chance, isOver: () => boolean): Promise<number> {
  let count = 0;
  while (!isOver()) {
    await delay(chance.between(2500, 6000));
    // A desk cannot start without its database: its supervisor would try again, and nothing else happens.
    if (isOver() || !world.desk.isUp) continue;
    world.stopDatabase(chance.of(['SIGINT', 'SIGQUIT', 'SIGKILL']));
    count += 1;
  }
  return count;
}
