/** The rigs. What differs between platforms is here, and nowhere in the cases. */
import { expect } from 'vitest';
import type { Address, Channel, RawRequest } from '../../../src/core/index.ts';
import type { Simulator } from '../../../src/simulator/model.ts';
import * as discordWorld from '../discord/world.ts';
import * as slackWorld from '../slack/desk.ts';
import * as telegramWorld from '../telegram/desk.ts';
import { mail } from './mail-rig.ts';
import type { Kind, Rig, RigOptions } from './model.ts';
import { type Core, complete, filesIn, type Own, overHttp, PATIENCE_MS, pretendCore } from './rig.ts';
import { website } from './web-rig.ts';

/** Header names as a server sees them. */
const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const hourAgo = (): number => Math.floor(Date.now() / 1000) - 3600;
const request = (body: string, headers: Readonly<Record<string, string>>): RawRequest => ({
  body,
  headers: lower(headers),
  now: new Date(),
});
const overwritten = (one: RawRequest, headers: Readonly<Record<string, string>>): RawRequest => ({
  ...one,
  headers: { ...one.headers, ...headers },
});
const tampered = (one: RawRequest): RawRequest => ({ ...one, body: one.body.replace(/.$/, ' $&') });
function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the platform has sent nothing');
  return one;
}

async function slack(options: RigOptions, core: Core): Promise<Own> {
  const { via = 'listen', rateLimits = false, wrap = (one: Channel) => one } = options;
  const desk = await slackWorld.startDesk({ desk: true, socketMode: via !== 'hook', rateLimits, wrap });
  const { sim } = desk;
  desk.answer = core.take;
  let stop: (() => Promise<void>) | undefined;
  const place = (address: Address) => address.replace('/', ':');
  const rig: Own = {
    ...overHttp,
    kind: 'slack',
    channel: desk.channel,
    sim,
    who: { space: sim.teamId, externalId: sim.person('ana').id },
    staffRole: 'channel',
    logged: desk.logged,
    says: async (person, address, text) => {
      const root = address.split('/')[1] ?? '';
      const open = person.screen().places.some(({ id }) => id === place(address));
      return (await (open ? person.says(text, place(address)) : person.repliesTo(root, text))) ?? '';
    },
    sends: async (address, text, file) =>
      void (await sim.person('ana').says(text, address.split('/')[0] ?? '', [file])),
    request: {
      deliver: /chat\.postMessage/,
      openThread: /chat\.postMessage/,
      openPost: /chat\.postMessage/,
      showCard: /chat\.update/,
      react: /reactions\.add/,
      edit: /chat\.update/,
      remove: /chat\.delete/,
      echo: /reactions\.add/,
      showHome: /views\.publish/,
      find: /conversations\.(?:replies|history)/,
      fetchFile: /files-pri|files\.info/,
      rolesOf: /conversations\.members/,
    },
    lost: { deliver: 'unknown', openThread: 'unknown', openPost: 'unknown' },
    asks: async () => void (await sim.person('ana').says('/ticket list', sim.channelId('support'))),
    async tells() {
      await sim.person('ana').says('hello', 'Switchdesk');
      await sim.settled();
    },
    files: () => filesIn(sim.person('ana')),
    last: () => {
      const { body, headers } = there(sim.lastDelivery);
      return request(body, headers);
    },
    forged: one => overwritten(one, { 'x-slack-signature': `v0=${'0'.repeat(64)}` }),
    stale: one => overwritten(one, lower(sim.sign(one.body, hourAgo()).headers)),
    tampered,
    signed: body => request(body, sim.sign(body).headers),
    vanish: () => sim.deleteChannel('support-desk'),
    forbid: () => sim.putBot('support-desk', false),
    block: async () => undefined,
    revoke: () => sim.revoke('token_revoked'),
    listen: async () => {
      const listening = await desk.channel.listen?.(desk.sink);
      stop = async () => listening?.stop();
      return stop;
    },
    async stop() {
      await stop?.();
      await desk.stop();
    },
  };
  if (via === 'listen') await rig.listen();
  return rig;
}

async function discord(options: RigOptions, core: Core): Promise<Own> {
  const { via = 'listen', rateLimits = false, wrap = (one: Channel) => one } = options;
  const world = await discordWorld.startWorld({
    http: via === 'hook',
    listens: via !== 'nothing',
    rateLimits,
    wrap,
  });
  const { sim, channel } = world;
  world.answer = core.take;
  let stop: (() => Promise<void>) | undefined;
  const messages = (method: string, tail = '$') => new RegExp(`${method} /channels/\\d+/messages${tail}`);
  const reactions = messages('PUT', '/\\d+/reactions/');
  const rig: Own = {
    ...overHttp,
    kind: 'discord',
    channel,
    sim,
    who: { space: sim.guildId, externalId: sim.person('ana').id },
    staffRole: sim.staffRoleId,
    logged: world.logged,
    says: async (person, address, text) => (await person.says(text, address)) ?? '',
    sends: async (address, text, file) => void (await sim.person('ana').says(text, address, [file])),
    request: {
      deliver: messages('POST'),
      openThread: /POST \/channels\/\d+\/threads/,
      openPost: /POST \/channels\/\d+\/threads/,
      showCard: messages('PATCH', '/\\d+$'),
      react: reactions,
      edit: messages('PATCH', '/\\d+$'),
      remove: messages('DELETE', '/\\d+$'),
      echo: reactions,
      find: messages('GET'),
      fetchFile: /GET \/attachments/,
      rolesOf: /GET \/guilds\/\d+\/members/,
    },
    lost: { deliver: 'unknown', openThread: 'unknown', openPost: 'unknown' },
    ready: () => world.logs(/commands registered/),
    async asks() {
      await rig.ready();
      await sim.person('ana').says('/ticket list', sim.supportChannelId);
    },
    async tells() {
      await rig.asks();
      await expect.poll(() => sim.lastDelivery?.status, { timeout: PATIENCE_MS }).toBe(200);
    },
    files: () => filesIn(sim.person('ana')),
    last: () => {
      const { body, headers } = there(sim.lastDelivery);
      return request(body, headers);
    },
    forged: one => overwritten(one, { 'x-signature-ed25519': '0'.repeat(128) }),
    stale: one => overwritten(one, lower(sim.sign(one.body, String(hourAgo())))),
    tampered,
    signed: body => request(body, sim.sign(body)),
    vanish: address => sim.removeChannel(address),
    forbid: () => sim.hideFromBot(sim.deskChannelId, true),
    block: async () => undefined,
    revoke: () => void sim.revokeToken(),
    listen: async () => {
      const listening = await channel.listen(async one => core.take(one));
      stop = () => listening.stop();
      return stop;
    },
    async stop() {
      await stop?.();
      await world.stop();
    },
  };
  return rig;
}

async function telegram(options: RigOptions, core: Core): Promise<Own> {
  const { via = 'listen', rateLimits = false, wrap = (one: Channel) => one } = options;
  const desk = await telegramWorld.startDesk({
    people: [
      { name: 'ana', started: true },
      { name: 'bob', role: 'staff' },
    ],
    group: { title: 'Desk', kind: 'forum', members: ['bob'] },
    privateTopics: true,
    webhook: via === 'hook',
    rateLimits,
    wrap,
  });
  const { sim } = desk;
  desk.answer = core.take;
  if (via !== 'nothing') await desk.listens();
  const ana = sim.person('ana');
  return {
    ...overHttp,
    kind: 'telegram',
    channel: desk.channel,
    sim,
    who: { space: '', externalId: ana.id },
    staffRole: 'administrator',
    logged: desk.logged,
    says: async (person, address, text) => (await person.says(text, address)) ?? '',
    sends: async (address, text, file) => void (await ana.says(text, address, [file])),
    request: {
      deliver: /sendMessage/,
      openThread: /sendMessage/,
      openPost: /sendMessage/,
      showCard: /editMessageText/,
      react: /setMessageReaction/,
      edit: /editMessageText/,
      remove: /deleteMessage/,
      echo: /setMessageReaction/,
      fetchFile: /GET \/file/,
      rolesOf: /getChatMember/,
    },
    // Nothing can be looked up, and a place without its first words helps nobody: it is made again.
    lost: {
      deliver: 'unknown',
      openThread: 'retry',
      openPost: 'retry',
      showCard: 'unknown',
      react: 'unknown',
      edit: 'unknown',
      remove: 'unknown',
      echo: 'unknown',
    },
    async follows(url) {
      const { origin, pathname, searchParams } = new URL(url);
      expect(`${origin}${pathname}`).toBe(`https://t.me/${sim.botUsername}`);
      await ana.starts(searchParams.get('start') ?? '');
    },
    asks: async (address = ana.id) => void (await ana.says('/tickets', address)),
    async tells() {
      await ana.says('hello', ana.id);
      await sim.idle();
    },
    files: () =>
      ana
        .screen()
        .places.flatMap(({ messages }) => messages)
        .flatMap(({ text }) => /\[document: ([^\]]+)\]/.exec(text)?.[1] ?? []),
    last: () => {
      const { update, headers } = there(sim.lastDelivery);
      return request(JSON.stringify(update), headers);
    },
    forged: one => overwritten(one, { 'x-telegram-bot-api-secret-token': 'another' }),
    stale: one => one,
    tampered,
    signed: body => request(body, { 'x-telegram-bot-api-secret-token': telegramWorld.SECRET }),
    vanish: address => sim.changeTopic(address, 'delete'),
    forbid: () => sim.setBotRole(desk.group, 'left'),
    block: () => ana.blocks(),
    revoke: () => void sim.revokeToken(),
    listen: async () => {
      await desk.listens();
      return async () => undefined;
    },
    stop: () => desk.stop(),
  };
}

const rigs: Readonly<
  Record<Kind, (options: RigOptions, core: Core) => Promise<Own & { readonly sim: Simulator }>>
> = {
  slack,
  discord,
  telegram,
  email: mail,
  webchat: website,
};

export const kinds = Object.keys(rigs) as readonly Kind[];

/** Starts one platform. */
export async function startRig(kind: Kind, options: RigOptions = {}): Promise<Rig> {
  const core = pretendCore(options);
  return complete(await rigs[kind](options, core), core, options);
}
