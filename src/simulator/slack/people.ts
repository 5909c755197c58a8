import { PATIENCE_MS } from '../looking.ts';
import type { GivenFile, MessageView, Person, PlaceView, Screen } from '../model.ts';
import { emojiName } from './emoji.ts';
import { pick } from './files.ts';
import { attach, fill } from './form.ts';
import { homeId, openHome } from './home.ts';
import { actOnMessage, actOnView, typeCommand, useShortcut, viewButton } from './interact.ts';
import { addReaction, changeMessage, deleteMessage, postMessage, removeReaction } from './messages.ts';
import { screenOf, screenText, textsOf } from './screen.ts';
import type { Sim } from './sim.ts';
import { dismissView, submitView } from './submit.ts';
import { typed } from './typing.ts';
import { topOf } from './views.ts';
import type { Channel, Message, OpenView, User } from './world.ts';

/** A pretend person in the pretend Slack: hands and eyes. */
export class SlackPerson implements Person {
  readonly platform = 'slack';
  readonly name: string;
  readonly role: 'customer' | 'staff';
  readonly id: string;
  readonly #sim: Sim;
  readonly #user: User;
  #current: string;

  constructor(sim: Sim, user: User, name: string, role: 'customer' | 'staff', current: string) {
    this.#sim = sim;
    this.#user = user;
    this.name = name;
    this.role = role;
    this.id = user.id;
    this.#current = current;
  }

  async says(text: string, where?: string, files: readonly GivenFile[] = []): Promise<string | undefined> {
    const [channel, thread] = this.#address(where === undefined ? this.#current : this.#place(where).id);
    if (text.startsWith('/')) {
      typeCommand(this.#sim, this.#user, channel, text, thread !== undefined);
      return undefined;
    }
    return this.#post(channel, text, thread === undefined ? {} : { threadTs: thread }, files);
  }

  /** Replies in a thread; with `broadcast` ("Also send to") the reply stands in the channel too. */
  async repliesTo(
    messageId: string,
    text: string,
    how: { readonly broadcast?: boolean } = {},
  ): Promise<string | undefined> {
    const message = this.#message(messageId);
    const channel = this.#sim.world.channels.get(message.channel);
    return channel && this.#post(channel, text, { threadTs: message.threadTs ?? message.ts, ...how });
  }

  async presses(label: string, where?: string): Promise<void> {
    const modal = this.#top();
    const inModal = modal && where === undefined ? viewButton(modal, label) : undefined;
    if (modal && inModal) return actOnView(this.#sim, this.#user, modal, inModal);
    const place = this.#place(where ?? this.#current);
    const home = this.#sim.world.homes.get(this.id);
    if (home && place.id === homeId(this.id)) return this.#pressesAtHome(home, label);
    const [message, buttonId] = this.#button(place, label);
    actOnMessage(this.#sim, this.#user, this.#message(message.id), buttonId);
  }

  async fills(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const modal = this.#modal();
      const telling = fill(modal, name, value);
      this.#sim.world.changed();
      if (telling) actOnView(this.#sim, this.#user, modal, telling);
    }
  }

  /** Puts files into the open form's field for them. */
  async attaches(files: readonly GivenFile[]): Promise<void> {
    const { world } = this.#sim;
    attach(world, this.#modal(), pick(world, this.id, files, true));
    world.changed();
  }

  async submits(): Promise<void> {
    const modal = this.#modal();
    if (modal.body.submit === undefined) throw new Error('The open modal has nothing to submit');
    await submitView(this.#sim, this.#user, modal);
  }

  async dismisses(): Promise<void> {
    dismissView(this.#sim, this.#user, this.#modal());
  }

  async goes(where: string): Promise<void> {
    this.#current = this.#place(where).id;
    if (this.#current === homeId(this.id)) openHome(this.#sim, this.#user);
    this.#sim.world.changed();
  }

  /** Uses one of the app's shortcuts on a message, from its menu. */
  async uses(shortcut: string, messageId: string): Promise<void> {
    useShortcut(this.#sim, this.#user, this.#message(messageId), shortcut);
  }

  /** Edits a message of one's own. */
  async edits(messageId: string, text: string): Promise<void> {
    changeMessage(this.#sim, this.#own(messageId), this.id, typed(this.#sim.world, text));
  }

  /** Deletes a message of one's own. */
  async deletes(messageId: string): Promise<void> {
    deleteMessage(this.#sim, this.#own(messageId));
  }

  /** Reacts with an emoji, or takes the reaction back: its name, with or without colons, or its glyph. */
  async reacts(messageId: string, emoji: string, on = true): Promise<void> {
    const change = on ? addReaction : removeReaction;
    change(this.#sim, this.#message(messageId), this.id, emojiName(emoji));
  }

  async sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    let seen = '';
    const look = (screen: Screen): boolean => {
      const place = where === undefined ? undefined : this.#find(screen, where);
      if (where !== undefined && !place) return false;
      const found = textsOf(screen, place).find(text =>
        typeof what === 'string' ? text.includes(what) : new RegExp(what).test(text),
      );
      seen = found ?? '';
      return found !== undefined;
    };
    const there = where === undefined ? '' : ` in "${where}"`;
    await this.watches(look, `${typeof what === 'string' ? JSON.stringify(what) : what}${there}`, withinMs);
    return seen;
  }

  watches(what: (screen: Screen) => boolean, describe: string, withinMs = PATIENCE_MS): Promise<Screen> {
    const now = this.screen();
    if (what(now)) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const look = (): void => {
        try {
          const screen = this.screen();
          if (what(screen)) finish(() => resolve(screen));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const finish = (end: () => void): void => {
        clearTimeout(timer);
        stop();
        end();
      };
      const stop = this.#sim.world.onChange(look);
      const timer = setTimeout(() => {
        const text = screenText(this.screen());
        const late = `${this.name} did not see ${describe} within ${withinMs} ms. The screen:\n${text}`;
        finish(() => reject(new Error(late)));
      }, withinMs);
    });
  }

  screen(): Screen {
    return screenOf(this.#sim, this.#user, { name: this.name, role: this.role, current: this.#current });
  }

  #post(
    channel: Channel,
    text: string,
    thread: { readonly threadTs?: string; readonly broadcast?: boolean },
    given: readonly GivenFile[] = [],
  ): string {
    const { world } = this.#sim;
    if (channel.archived) throw new Error(`#${channel.name} is archived: nobody can write there`);
    const files = pick(world, this.id, given);
    const words = text === '' ? { text } : typed(world, text);
    return postMessage(this.#sim, { channel, user: this.id, ...words, ...thread, files }).ts;
  }

  #pressesAtHome(home: OpenView, label: string): void {
    const control = viewButton(home, label);
    if (!control) throw new Error(`${this.name} sees no button "${label}" on the page`);
    actOnView(this.#sim, this.#user, home, control);
  }

  #top(): OpenView | undefined {
    return topOf(this.#sim.world, this.id);
  }

  #modal(): OpenView {
    const modal = this.#top();
    if (!modal) throw new Error(`${this.name} has no form open:\n${screenText(this.screen())}`);
    return modal;
  }

  #find(screen: Screen, where: string): PlaceView | undefined {
    const wanted = where.toLowerCase();
    return (
      screen.places.find(({ id }) => id === where) ??
      screen.places.find(({ title }) => title === where) ??
      screen.places.find(({ title }) => title.toLowerCase().includes(wanted))
    );
  }

  #place(where: string): PlaceView {
    const screen = this.screen();
    const place = this.#find(screen, where);
    if (!place) throw new Error(`${this.name} sees no place "${where}":\n${screenText(screen)}`);
    return place;
  }

  #address(placeId: string): [Channel, string | undefined] {
    const [id = '', thread] = placeId.split(':', 2);
    const channel = this.#sim.world.channels.get(id);
    if (!channel) throw new Error(`There is no place ${placeId}`);
    return [channel, thread];
  }

  #message(id: string): Message {
    const message = this.#sim.world.messageAnywhere(id);
    if (!message) throw new Error(`There is no message ${id}`);
    return message;
  }

  #own(id: string): Message {
    const message = this.#message(id);
    if (message.user !== this.id) throw new Error(`${this.name} did not write message ${id}`);
    return message;
  }

  #button(place: PlaceView, label: string): [MessageView, string] {
    const newest = [...place.messages].reverse();
    for (const fits of [(text: string) => text === label, (text: string) => text.includes(label)]) {
      for (const message of newest) {
        const button = message.buttons.find(({ label: text }) => fits(text));
        if (button) return [message, button.id];
      }
    }
    throw new Error(`${this.name} sees no button "${label}" there:\n${screenText(this.screen())}`);
  }
}
