import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, sign } from 'node:crypto';
import { takeAnswer } from './answers.ts';
import { ApiError } from './errors.ts';
import { isObject } from './form.ts';
import type { Gateway } from './gateway.ts';
import { limits } from './limits.ts';
import type { Call } from './methods/index.ts';
import type { InteractionState } from './types.ts';
import type { World } from './world.ts';

/** One interaction as it went to the desk over HTTP. */
export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the desk answered; 0 when the connection failed. */
  readonly status: number;
  readonly answer: string;
}

/** Carries interactions to the desk, over the gateway or signed over HTTP, and watches the three seconds. */
export class Deliveries {
  readonly #world: World;
  readonly #gateway: Gateway;
  readonly #openModal: Call['openModal'];
  readonly #key: KeyObject;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly publicKey: string;
  last: Delivery | undefined;

  constructor(world: World, gateway: Gateway, openModal: Call['openModal']) {
    this.#world = world;
    this.#gateway = gateway;
    this.#openModal = openModal;
    const pair = generateKeyPairSync('ed25519');
    this.#key = pair.privateKey;
    this.publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  }

  /** Headers that make a body genuine; `timestamp` in seconds of the epoch as text, now by default. */
  sign(body: string, timestamp = String(Math.floor(this.#world.clock.now() / 1000))): Record<string, string> {
    const signature = sign(null, Buffer.from(timestamp + body), this.#key).toString('hex');
    return { 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': timestamp };
  }

  /** Posts any body with any headers to the desk. Rejects when there is no address or no connection. */
  async post(
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string }> {
    const url = this.#world.interactionsUrl;
    if (!url) throw new Error('this simulator has no interactionsUrl');
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Discord-Interactions/1.0 (+https://discord.com)',
        ...headers,
      },
    });
    return { status: response.status, text: await response.text() };
  }

  /** Sends an interaction on its way; `settled` of the interaction says what became of it. */
  deliver(interaction: InteractionState): void {
    const timer = setTimeout(() => this.#lapse(interaction), limits.interactionAnswerMs);
    timer.unref();
    this.#timers.add(timer);
    void interaction.settled.then(() => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    });
    if (this.#world.interactionsUrl) void this.#overHttp(interaction);
    else if (this.#gateway.connected) this.#overGateway(interaction);
    else this.#lapse(interaction);
  }

  #lapse(interaction: InteractionState): void {
    if (interaction.answered !== 0) return;
    interaction.lapsed = true;
    interaction.settle({ type: 0, data: {} });
  }

  #overGateway(interaction: InteractionState): void {
    const guildId = this.#world.channel(interaction.channelId).guildId;
    this.#world.emit({
      name: 'INTERACTION_CREATE',
      intents: 0,
      guildId,
      cause: interaction.userId,
      data: () => interaction.payload,
    });
  }

  async #overHttp(interaction: InteractionState): Promise<void> {
    const body = JSON.stringify(interaction.payload);
    const headers = this.sign(body);
    try {
      const { status, text } = await this.post(body, headers);
      this.last = { body, headers, status, answer: text };
      this.#readAnswer(interaction, status, text);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.last = { body, headers, status: 0, answer: String(error.cause ?? error) };
      this.#lapse(interaction);
    }
  }

  #readAnswer(interaction: InteractionState, status: number, text: string): void {
    if (status === 202 || interaction.answered !== 0 || interaction.lapsed) return;
    try {
      const answer: unknown = status === 200 ? JSON.parse(text) : undefined;
      if (isObject(answer)) takeAnswer(this.#world, interaction, answer, [], this.#openModal);
      else this.#lapse(interaction);
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof ApiError)) throw error;
      this.#lapse(interaction);
    }
  }

  /** Posts the last HTTP delivery once more, byte for byte; the desk's status. */
  async repost(): Promise<number | undefined> {
    if (!this.last) return undefined;
    return (await this.post(this.last.body, this.last.headers)).status;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
