import { SlackPerson } from './people.ts';
import type { Sim } from './sim.ts';
import type { Channel, User, World } from './world.ts';

/** A person of the pretend workspace. */
export interface SlackPersonInput {
  readonly name: string;
  readonly role: 'customer' | 'staff';
  /** As Slack reports it, for example `pl-PL`; a bare `pl` or `en` is completed. */
  readonly locale: string;
  /** What others see; the name with a capital when absent. */
  readonly displayName?: string;
  /** IANA zone; Warsaw for Polish, London for the rest when absent. */
  readonly tz?: string;
  readonly email?: string;
}

/** Who is there when nobody is named. */
export const DEFAULT_PEOPLE: readonly SlackPersonInput[] = [
  { name: 'ana', role: 'customer', locale: 'pl-PL', displayName: 'Ana Nowak' },
  { name: 'ben', role: 'customer', locale: 'en-US', displayName: 'Ben Carter' },
  { name: 'eve', role: 'customer', locale: 'en-GB', displayName: '@everyone <!channel> *x* <b>' },
  { name: 'bob', role: 'staff', locale: 'en-GB', displayName: 'Bob Mills' },
  { name: 'cleo', role: 'staff', locale: 'en-US', displayName: 'Cleo Park' },
];

const FULL: Readonly<Record<string, string>> = { pl: 'pl-PL', en: 'en-US' };

/** The channel of the staff: nobody else is in it. */
export const DESK_CHANNEL = 'support-desk';
/** The user group of the staff. */
const STAFF_GROUP = { handle: 'engineers', name: 'Support engineers' };

/** The channels that are there from the start, and whether the bot is in them. */
const CHANNELS = [
  { name: 'general', withBot: true },
  { name: 'support', withBot: true },
  { name: 'random', withBot: false },
  { name: DESK_CHANNEL, withBot: true },
];

function addUser(world: World, user: Omit<User, 'id'>, id: string): User {
  const added = { ...user, id };
  world.users.set(id, added);
  return added;
}

function addChannel(
  world: World,
  channel: Omit<Channel, 'id' | 'created' | 'opened' | 'archived' | 'messages'>,
): Channel {
  const created = world.clock.now();
  const id = world.id(channel.kind === 'im' ? 'D' : 'C');
  const opened = channel.kind === 'channel';
  const added: Channel = { ...channel, id, created, opened, archived: false, messages: [] };
  world.channels.set(id, added);
  return added;
}

/** Makes the bot user and the channels. */
export function furnish(world: World): void {
  const { app } = world;
  const bot = { handle: app.botName.toLowerCase(), displayName: app.botName, realName: app.botName };
  addUser(world, { ...bot, locale: 'en-US', tz: 'America/Los_Angeles', email: '', bot: true }, app.botUser);
  for (const { name, withBot } of CHANNELS) {
    addChannel(world, { name, kind: 'channel', members: new Set(withBot ? [app.botUser] : []) });
  }
  const id = world.id('S');
  world.groups.set(id, { id, ...STAFF_GROUP, users: new Set() });
}

/** Lets a person in: into all channels, with a direct conversation with the bot, looking at #support. */
export function welcome(sim: Sim, input: SlackPersonInput): SlackPerson {
  const { world } = sim;
  const locale = FULL[input.locale] ?? input.locale;
  const displayName = input.displayName ?? input.name.charAt(0).toUpperCase() + input.name.slice(1);
  const user = addUser(
    world,
    {
      handle: input.name,
      displayName,
      realName: displayName,
      locale,
      tz: input.tz ?? (locale.startsWith('pl') ? 'Europe/Warsaw' : 'Europe/London'),
      email: input.email ?? `${input.name}@example.com`,
      bot: false,
    },
    world.id('U'),
  );
  for (const channel of world.channels.values()) {
    const open = channel.name !== DESK_CHANNEL || input.role === 'staff';
    if (channel.kind === 'channel' && open) channel.members.add(user.id);
  }
  for (const { users } of world.groups.values()) if (input.role === 'staff') users.add(user.id);
  addChannel(world, { name: '', kind: 'im', user: user.id, members: new Set([user.id, world.app.botUser]) });
  const here = world.channel('support')?.id ?? '';
  world.changed();
  return new SlackPerson(sim, user, input.name, input.role, here);
}
