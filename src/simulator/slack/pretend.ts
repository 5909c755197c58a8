import type { Fault, RequestRecord } from '../model.ts';
import { coverage } from './coverage.ts';
import type { SlackSimulator } from './options.ts';
import type { SlackPerson } from './people.ts';
import { DESK_CHANNEL, type SlackPersonInput, welcome } from './populate.ts';
import type { Sim } from './sim.ts';
import type { Delivery } from './transport.ts';
import type { Channel, Ping } from './world.ts';

/** The pretend Slack as tests, demo and stage hold it. */
export class PretendSlack implements SlackSimulator {
  readonly platform = 'slack';
  readonly coverage = coverage;
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly #sim: Sim;
  readonly #people: SlackPerson[];
  readonly #stop: () => Promise<void>;

  constructor(sim: Sim, people: SlackPerson[], stop: () => Promise<void>) {
    const { app } = sim.world;
    this.#sim = sim;
    this.#people = people;
    this.#stop = stop;
    this.url = `${sim.origin}/api/`;
    this.botToken = app.botToken;
    this.appToken = app.appToken;
    this.signingSecret = app.signingSecret;
    this.teamId = app.teamId;
    this.appId = app.appId;
    this.botUserId = app.botUser;
    this.botId = app.botId;
  }

  get people(): readonly SlackPerson[] {
    return this.#people;
  }

  get requests(): readonly RequestRecord[] {
    return this.#sim.log.records;
  }

  get pings(): readonly Ping[] {
    return this.#sim.world.pings;
  }

  get lastDelivery(): Delivery | undefined {
    return this.#sim.desk.lastDelivery;
  }

  get pendingRetries(): number {
    return this.#sim.desk.pending;
  }

  get sockets(): number {
    return this.#sim.socket?.connections ?? 0;
  }

  person(name: string): SlackPerson {
    const found = this.#people.find(person => person.name === name);
    if (!found) throw new Error(`Nobody in the pretend Slack is called ${name}`);
    return found;
  }

  addPerson(input: SlackPersonInput): SlackPerson {
    const person = welcome(this.#sim, input);
    this.#people.push(person);
    return person;
  }

  get deskChannelId(): string {
    return this.channelId(DESK_CHANNEL);
  }

  get staffGroupId(): string {
    return [...this.#sim.world.groups.keys()][0] ?? '';
  }

  channelId(name: string): string {
    return this.#channel(name).id;
  }

  onRequest(listener: (request: RequestRecord) => void): () => void {
    return this.#sim.log.on(listener);
  }

  onChange(listener: () => void): () => void {
    return this.#sim.world.onChange(listener);
  }

  addFault(fault: Fault): void {
    this.#sim.faults.add(fault);
  }

  clearFaults(): void {
    this.#sim.faults.clear();
  }

  setRequestUrl(url: string | undefined): void {
    this.#sim.desk.requestUrl = url;
  }

  sign(body: string, timestampSeconds?: number): { headers: Record<string, string> } {
    return { headers: this.#sim.desk.sign(body, timestampSeconds) };
  }

  async post(
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: string }> {
    const answer = await this.#sim.desk.post(body, headers);
    return answer.kind === 'answered'
      ? { status: answer.status, body: answer.body }
      : { status: 0, body: '' };
  }

  retryPending(): Promise<number[]> {
    return this.#sim.desk.retryPending();
  }

  redeliverLast(): Promise<number | undefined> {
    return this.#sim.desk.redeliverLast();
  }

  verifyUrl(): Promise<boolean> {
    return this.#sim.desk.verifyUrl();
  }

  settled(): Promise<void> {
    return this.#sim.desk.settled();
  }

  refreshSockets(
    reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested',
    which: 'all' | 'oldest' = 'all',
  ): void {
    this.#sim.socket?.disconnect(reason, which);
  }

  putBot(channel: string, isIn: boolean): void {
    const { world } = this.#sim;
    const { members } = this.#channel(channel);
    if (isIn) members.add(world.app.botUser);
    else members.delete(world.app.botUser);
    world.changed();
  }

  archive(name: string, archived = true): void {
    this.#channel(name).archived = archived;
    this.#sim.world.changed();
  }

  deleteChannel(name: string): void {
    const { world } = this.#sim;
    world.channels.delete(this.#channel(name).id);
    world.changed();
  }

  #channel(name: string): Channel {
    const channel = this.#sim.world.channel(name);
    if (!channel) throw new Error(`The pretend Slack has no channel ${name}`);
    return channel;
  }

  revoke(code?: 'token_revoked' | 'account_inactive' | 'invalid_auth'): void {
    this.#sim.world.revoked = code;
  }

  get scopes(): readonly string[] {
    return this.#sim.world.app.scopes;
  }

  dropSockets(): void {
    this.#sim.socket?.drop();
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}
