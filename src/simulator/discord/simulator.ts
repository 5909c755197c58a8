import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Fault, RequestRecord } from '../model.ts';
import { Permission } from './bits.ts';
import type { Delivery } from './delivery.ts';
import { Deliveries } from './delivery.ts';
import { channelEvent, memberUpdated, messageUpdated } from './events.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { Cause, newInteraction } from './interactions.ts';
import type { DiscordOptions, DiscordPersonOptions, DiscordSimulator } from './options.ts';
import { DiscordPerson } from './people.ts';
import { purge } from './posts.ts';
import { RateLimits } from './rate-limits.ts';
import { makeApp } from './server.ts';
import { joinThread, openThread, removeChannel } from './threads.ts';
import type { Ping } from './types.ts';
import { ChannelType } from './types.ts';
import { World } from './world.ts';

const mostRequests = 50_000;

const defaultPeople: readonly DiscordPersonOptions[] = [
  { name: 'ana', role: 'customer', locale: 'pl', displayName: 'Ana Nowak' },
  { name: 'ben', role: 'customer', locale: 'en-GB', displayName: 'Ben Carter' },
  { name: 'eve', role: 'customer', locale: 'en-US', displayName: '@everyone <!channel> *x* <b>' },
  { name: 'bob', role: 'staff', locale: 'en-US', displayName: 'Bob Miller' },
  { name: 'cleo', role: 'staff', locale: 'en-US', displayName: 'Cleo Adams' },
];

/** The pretend Discord in one object; its parts are wired here and nowhere else. */
export class PretendDiscord implements DiscordSimulator {
  readonly platform = 'discord';
  readonly botToken: string;
  readonly people: DiscordPerson[] = [];
  readonly requests: RequestRecord[] = [];
  readonly #world: World;
  readonly #faults = new Faults();
  readonly #gateway: Gateway;
  readonly #deliveries: Deliveries;
  readonly #server: Server;
  readonly #listeners = new Set<(request: RequestRecord) => void>();
  #invalid = 0;
  #revoked = false;

  constructor(options: DiscordOptions) {
    const clock = options.clock ?? { now: () => Date.now() };
    this.#world = new World({
      clock,
      guildName: options.guild?.name ?? 'Northwind Hosting',
      guildLocale: options.guild?.locale ?? 'en-US',
      botName: options.guild?.botName ?? 'Switchdesk',
      deskTags: options.deskTags ?? [],
      messageContent: options.messageContentIntent ?? true,
    });
    const id = Buffer.from(this.#world.applicationId).toString('base64url');
    this.botToken = options.botToken ?? `${id}.GpretE.pretend-discord-bot-token-0123456789`;
    this.#gateway = new Gateway({
      world: this.#world,
      botToken: this.botToken,
      url: () => this.#gatewayUrl(),
    });
    this.#deliveries = new Deliveries(this.#world, this.#gateway, (userId, modal) =>
      this.#openModal(userId, modal),
    );
    this.#world.publicKey = this.#deliveries.publicKey;
    this.#world.interactionsUrl = options.interactionsUrl;
    for (const one of options.people ?? defaultPeople) this.addPerson(one);
    const rates = options.rateLimits === false ? undefined : new RateLimits(clock);
    const app = makeApp({
      world: this.#world,
      isRightToken: given => given === `Bot ${this.botToken}` && !this.#revoked,
      faults: this.#faults,
      rates,
      openModal: (userId, modal) => this.#openModal(userId, modal),
      gatewayUrl: () => this.#gatewayUrl(),
      identifiesLeft: () => Math.max(0, 1000 - this.#gateway.identifies),
      record: request => this.#record(request),
    });
    this.#server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port ?? 0 }) as Server;
    this.#gateway.attach(this.#server);
  }

  /** Resolves when the server listens. */
  async listening(): Promise<void> {
    if (!this.#server.listening) {
      await new Promise<void>((resolve, reject) => {
        this.#server.once('listening', () => resolve());
        this.#server.once('error', reject);
      });
    }
    this.#world.assetUrl = `http://${this.#host()}`;
  }

  #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #gatewayUrl(): string {
    return `ws://${this.#host()}/gateway`;
  }

  #openModal(userId: string, modal: DiscordPerson['client']['modal']): void {
    const person = this.people.find(one => one.id === userId);
    if (person) person.client.modal = modal;
    this.#world.changed();
  }

  #record(request: RequestRecord): void {
    if ([401, 403, 429].includes(request.status)) this.#invalid += 1;
    this.requests.push(request);
    if (this.requests.length > mostRequests) this.requests.splice(0, this.requests.length - mostRequests);
    for (const listener of this.#listeners) listener(request);
  }

  get url(): string {
    return `http://${this.#host()}/api`;
  }
  get publicKey(): string {
    return this.#deliveries.publicKey;
  }
  get applicationId(): string {
    return this.#world.applicationId;
  }
  get guildId(): string {
    return this.#world.guildId;
  }
  get generalChannelId(): string {
    return this.#world.generalChannelId;
  }
  get supportChannelId(): string {
    return this.#world.supportChannelId;
  }
  get deskChannelId(): string {
    return this.#world.deskChannelId;
  }
  get staffRoleId(): string {
    return this.#world.staffRoleId;
  }
  get botRoleId(): string {
    return this.#world.botRoleId;
  }
  get pings(): readonly Ping[] {
    return this.#world.pings;
  }
  get invalidRequests(): number {
    return this.#invalid;
  }
  get identifies(): number {
    return this.#gateway.identifies;
  }
  get gatewayConnected(): boolean {
    return this.#gateway.connected;
  }
  get lastDelivery(): Delivery | undefined {
    return this.#deliveries.last;
  }

  person(name: string): DiscordPerson {
    const found = this.people.find(one => one.name === name);
    if (!found) throw new Error(`nobody is called ${name} on Discord`);
    return found;
  }

  addPerson(one: DiscordPersonOptions): DiscordPerson {
    const staff = one.role === 'staff';
    const user = this.#world.addUser({
      username: one.name,
      globalName: one.displayName ?? null,
      role: one.role,
      locale: one.locale ?? 'en-US',
      roles: staff ? [this.#world.staffRoleId] : [],
      nick: one.nick ?? null,
      allowsDms: one.allowsDms ?? true,
    });
    this.#world.dmWith(user.id);
    if (one.installs) this.#world.groupOf(user.id);
    const current = staff ? this.#world.deskChannelId : this.#world.supportChannelId;
    const person = new DiscordPerson(this.#world, this.#deliveries, {
      user,
      current,
      modal: null,
      alerts: [],
    });
    this.people.push(person);
    this.#world.changed();
    return person;
  }

  setRoles(name: string, roleIds: readonly string[]): void {
    const id = this.person(name).id;
    const member = this.#world.members.get(id);
    if (member) member.roles = [...roleIds];
    memberUpdated(this.#world, id);
    this.#world.changed();
  }

  letIn(name: string, channelId: string): void {
    const { id } = this.person(name);
    const channel = this.#world.channel(channelId);
    const allow = Permission.viewChannel | Permission.sendMessages | Permission.sendInThreads;
    channel.overwrites = [
      ...channel.overwrites.filter(one => one.id !== id),
      { id, type: 1, allow, deny: 0n },
    ];
    this.#world.changed();
  }

  join(name: string, threadId: string): void {
    joinThread(this.#world, this.#world.channel(threadId), this.person(name).id, '', false);
  }

  setBotPermissions(bits: bigint): void {
    const role = this.#world.roles.get(this.#world.botRoleId);
    if (role) role.permissions = bits;
  }

  hideFromBot(channelId: string, hidden: boolean): void {
    const channel = this.#world.channel(channelId);
    const rest = channel.overwrites.filter(one => one.id !== this.#world.bot.id);
    const deny = { id: this.#world.bot.id, type: 1, allow: 0n, deny: Permission.viewChannel } as const;
    channel.overwrites = hidden ? [...rest, deny] : rest;
  }

  setInteractionsUrl(url: string | undefined): void {
    this.#world.interactionsUrl = url;
  }

  purge(channelId: string, messageIds: readonly string[]): void {
    purge(this.#world, this.#world.channel(channelId), messageIds);
  }

  preview(messageId: string): void {
    const message = [...this.#world.channels.values()]
      .flatMap(one => one.messages)
      .find(one => one.id === messageId);
    if (!message) throw new Error(`no message ${messageId}`);
    message.embeds = [{ type: 'link', title: 'A page', url: 'https://example.com' }];
    messageUpdated(this.#world, message);
    this.#world.changed();
  }

  crowd(threads: number): void {
    const parent = this.#world.channel(this.generalChannelId);
    for (let n = 0; n < threads; n += 1)
      openThread(this.#world, {
        parent,
        type: ChannelType.publicThread,
        name: `talk ${n}`,
        ownerId: this.#world.ownerId,
        autoArchiveMinutes: 4320,
        invitable: true,
        appliedTags: [],
      });
  }

  setThread(threadId: string, state: { readonly archived?: boolean; readonly locked?: boolean }): void {
    const channel = this.#world.channel(threadId);
    if (!channel.thread) throw new Error(`${threadId} is no thread`);
    Object.assign(channel.thread, state, { archiveAt: this.#world.clock.now() });
    channelEvent(this.#world, 'THREAD_UPDATE', channel, '');
    this.#world.changed();
  }

  removeChannel(channelId: string): void {
    removeChannel(this.#world, this.#world.channel(channelId), '');
  }

  revokeToken(): () => void {
    this.#revoked = true;
    this.#gateway.refuse(true);
    return () => {
      this.#revoked = false;
      this.#gateway.refuse(false);
    };
  }

  repeatEvents(times: number): void {
    this.#gateway.times = times;
  }

  holdEvents(): (how?: { readonly reversed: boolean }) => void {
    return this.#gateway.hold();
  }

  sign(body: string, timestamp?: string): Record<string, string> {
    return this.#deliveries.sign(body, timestamp);
  }

  post(body: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }> {
    return this.#deliveries.post(body, headers);
  }

  pingEndpoint(): Promise<{ status: number; text: string }> {
    const someone = this.people[0];
    const interaction = newInteraction(this.#world, {
      type: Cause.ping,
      userId: someone?.id ?? this.#world.bot.id,
      channelId: this.#world.supportChannelId,
      data: {},
    });
    const { id, application_id, token, version, entitlements, authorizing_integration_owners } =
      interaction.payload;
    const body = JSON.stringify({
      id,
      application_id,
      token,
      version,
      type: 1,
      entitlements,
      authorizing_integration_owners,
    });
    return this.post(body, this.sign(body));
  }

  dropGateway(how: { readonly resumable: boolean }): void {
    this.#gateway.drop(how.resumable);
  }

  askReconnect(): void {
    this.#gateway.askReconnect();
  }

  invalidateSession(resumable: boolean): void {
    this.#gateway.invalidate(resumable);
  }

  sendRaw(packet: unknown): void {
    this.#gateway.sendRaw(packet);
  }

  onRequest(listener: (request: RequestRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  onChange(listener: () => void): () => void {
    return this.#world.onChange(listener);
  }

  addFault(fault: Fault): void {
    this.#faults.add(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  async redeliverLast(): Promise<number | undefined> {
    if (this.#world.interactionsUrl && this.#deliveries.last) return this.#deliveries.repost();
    this.#gateway.redeliver();
    return undefined;
  }

  async stop(): Promise<void> {
    this.#deliveries.stop();
    this.#gateway.close();
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
  }
}
