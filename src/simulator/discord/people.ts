import { PATIENCE_MS, waitToSee, waitUntil } from '../looking.ts';
import type { Choice, GivenFile, Person, Screen } from '../model.ts';
import { Permission } from './bits.ts';
import { flatten } from './components.ts';
import type { Deliveries } from './delivery.ts';
import { readDraft } from './drafts.ts';
import { typingStarted } from './events.ts';
import { uploaded } from './files.ts';
import { fieldValue, findButton, findField, findMessage, findPlace } from './finding.ts';
import { isObject } from './form.ts';
import type { NewInteraction } from './interactions.ts';
import { Cause, newInteraction } from './interactions.ts';
import { attach, complete, submission } from './modal-view.ts';
import { may } from './permissions.ts';
import { edit, post, react, refuseArchived, remove, unreact } from './posts.ts';
import type { ClientState } from './screen.ts';
import { canType, screenOf, titleOf } from './screen.ts';
import { menuChoice, readTyped } from './typed.ts';
import type { ChannelState, InteractionState, Json } from './types.ts';
import type { World } from './world.ts';

/** What the client says when no answer came in three seconds. */
const noAnswer = 'The application did not respond';

/** A pretend person in a Discord client. */
export class DiscordPerson implements Person {
  readonly platform = 'discord';
  readonly client: ClientState;
  readonly #world: World;
  readonly #deliveries: Deliveries;

  constructor(world: World, deliveries: Deliveries, client: ClientState) {
    this.#world = world;
    this.#deliveries = deliveries;
    this.client = client;
  }

  get name(): string {
    return this.client.user.username;
  }

  get role(): 'customer' | 'staff' {
    return this.client.user.role === 'staff' ? 'staff' : 'customer';
  }

  get id(): string {
    return this.client.user.id;
  }

  #place(where = this.client.current): ChannelState {
    return findPlace(this.#world, this.id, where);
  }

  /** Sends an interaction; when nobody answers, the client says so. */
  #interact(one: Omit<NewInteraction, 'userId'>): InteractionState {
    const interaction = newInteraction(this.#world, { ...one, userId: this.id });
    if (one.type !== Cause.autocomplete) {
      void interaction.settled.then(({ type }) => {
        if (type === 0) this.#alert(noAnswer);
      });
    }
    this.#deliveries.deliver(interaction);
    return interaction;
  }

  #alert(text: string): void {
    this.client.alerts.push(text);
    this.#world.changed();
  }

  #write(channel: ChannelState, text: string, replyTo?: string, files: readonly GivenFile[] = []): string {
    if (!canType(this.#world, channel, this.id))
      throw new Error(`${this.name} cannot write in ${titleOf(this.#world, channel)}`);
    const body = { content: this.#withMentions(text), nonce: this.#world.ids.next() };
    const attachments = uploaded(this.#world, channel.id, files);
    const draft = { ...readDraft(this.#world, body, []), attachments };
    if (!draft.content && attachments.length === 0) throw new Error('an empty message cannot be sent');
    const reference = replyTo === undefined ? null : { messageId: replyTo, channelId: channel.id };
    return post(this.#world, { channel, author: this.client.user, reference }, draft).id;
  }

  /** The client turns `@name` of a known person into a mention. */
  #withMentions(text: string): string {
    return text.replace(/(^|\s)@([\w.]+)/g, (whole, lead: string, name: string) => {
      const user = [...this.#world.users.values()].find(one => one.username === name);
      return user ? `${lead}<@${user.id}>` : whole;
    });
  }

  async says(text: string, where?: string, files: readonly GivenFile[] = []): Promise<string | undefined> {
    const channel = this.#place(where);
    const isCommand = text.startsWith('/') && !text.startsWith('//') && files.length === 0;
    if (!isCommand) return this.#write(channel, text, undefined, files);
    const typed = readTyped(this.#world, channel, this.id, text);
    if (typed.kind === 'none') return this.#write(channel, text);
    if (typed.kind === 'refused') this.#alert(typed.why);
    else this.#interact({ type: Cause.command, channelId: channel.id, data: typed.data });
    return undefined;
  }

  /** Types a command without sending it; the choices that the client offers for the last word. Empty when there are none or nobody answered. */
  async types(text: string, where?: string): Promise<Choice[]> {
    const channel = this.#place(where);
    const typed = readTyped(this.#world, channel, this.id, text, true);
    if (typed.kind !== 'command' || !typed.option) return [];
    const raw = String(typed.focused?.value ?? '').toLowerCase();
    if (typed.option.autocomplete !== true) {
      return choicesOf(typed.option.choices).filter(one => one.name.toLowerCase().includes(raw));
    }
    const interaction = this.#interact({ type: Cause.autocomplete, channelId: channel.id, data: typed.data });
    const settled = await interaction.settled;
    return choicesOf(settled.data.choices);
  }

  /** Uses a command of a message's menu ("Apps"), by its name as the client shows it, or a fragment. */
  async uses(label: string, messageId: string): Promise<void> {
    const { channel, message } = findMessage(this.#world, this.id, messageId);
    const data = menuChoice(this.#world, channel, this.client.user, label, message);
    this.#interact({ type: Cause.command, channelId: channel.id, data });
  }

  async repliesTo(messageId: string, text: string): Promise<string | undefined> {
    const { channel } = findMessage(this.#world, this.id, messageId);
    return this.#write(channel, text, messageId);
  }

  /** Begins to type, without sending anything: the client tells it every 10 s while one goes on. */
  async startsTyping(where?: string): Promise<void> {
    typingStarted(this.#world, this.#place(where), this.id);
  }

  /** Changes an own message. */
  async edits(messageId: string, text: string): Promise<void> {
    const { channel, message } = findMessage(this.#world, this.id, messageId);
    if (message.author.id !== this.id) throw new Error('only own messages can be edited');
    refuseArchived(channel);
    edit(this.#world, message, readDraft(this.#world, { content: this.#withMentions(text) }, [], message));
  }

  /** Deletes an own message, or another's with Manage Messages. */
  async deletes(messageId: string): Promise<void> {
    const { channel, message } = findMessage(this.#world, this.id, messageId);
    const moderates = may(this.#world, channel, this.id, Permission.manageMessages);
    if (message.author.id !== this.id && !moderates) throw new Error('this message is not theirs to delete');
    remove(this.#world, message, this.id);
  }

  /** Puts a reaction on a message, or takes it away. */
  async reacts(messageId: string, emoji: string, on = true): Promise<void> {
    const { channel, message } = findMessage(this.#world, this.id, messageId);
    refuseArchived(channel);
    const change = on ? react : unreact;
    change(this.#world, message, emoji, this.id);
  }

  /** Puts files into the open form; they are sent with it. */
  async attaches(files: readonly GivenFile[], label?: string): Promise<void> {
    const modal = this.client.modal;
    if (!modal) throw new Error(`no form is open for ${this.name}`);
    attach(modal, files, label);
    this.#world.changed();
  }

  async presses(label: string, where?: string): Promise<void> {
    const channel = this.#place(where);
    const { message, id, disabled } = findButton(channel, this.id, label);
    if (disabled) throw new Error(`the button "${label}" is disabled`);
    const parts = flatten(message.components);
    const button = parts.find(one => one.custom_id === id);
    const select = parts.find(one => id.startsWith(`${String(one.custom_id)}=`));
    const data: Json = button
      ? { component_type: button.type, custom_id: id, id: button.id }
      : {
          component_type: 3,
          custom_id: select?.custom_id,
          id: select?.id,
          values: [id.slice(String(select?.custom_id).length + 1)],
        };
    this.#interact({ type: Cause.component, channelId: channel.id, data, message });
  }

  async fills(values: Readonly<Record<string, string>>): Promise<void> {
    const modal = this.client.modal;
    if (!modal) throw new Error(`no form is open for ${this.name}`);
    for (const [name, given] of Object.entries(values)) {
      const field = findField(modal, name);
      modal.values.set(field.id, fieldValue(field, given));
      modal.errors.delete(field.id);
    }
    this.#world.changed();
  }

  async submits(): Promise<void> {
    const modal = this.client.modal;
    if (!modal) throw new Error(`no form is open for ${this.name}`);
    if (!complete(modal)) return this.#world.changed();
    const opener = this.#world.interactions.get(modal.openedBy);
    const message = opener?.message ?? null;
    const interaction = this.#interact({
      type: Cause.modal,
      channelId: modal.channelId,
      data: submission(this.#world, modal),
      message,
      mayUpdate: message !== null,
    });
    const { type } = await interaction.settled;
    if (type === 0) modal.notice = 'Something went wrong. Try again.';
    else if (this.client.modal === modal) this.client.modal = null;
    this.#world.changed();
  }

  async dismisses(): Promise<void> {
    this.client.modal = null;
    this.#world.changed();
  }

  async goes(where: string): Promise<void> {
    this.client.current = this.#place(where).id;
    this.#world.changed();
  }

  sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    return waitToSee(this, what, where, withinMs);
  }

  watches(what: (screen: Screen) => boolean, describe: string, withinMs = PATIENCE_MS): Promise<Screen> {
    return waitUntil(this, what, describe, withinMs);
  }

  onChange(listener: () => void): () => void {
    return this.#world.onChange(listener);
  }

  screen(): Screen {
    return screenOf(this.#world, this.client);
  }
}

function choicesOf(value: unknown): Choice[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map(one => ({
    name: String(one.name),
    value: typeof one.value === 'number' ? one.value : String(one.value),
  }));
}
