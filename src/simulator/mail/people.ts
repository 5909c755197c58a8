import type { Person, PlaceView, Screen } from '../model.ts';
import { screenOf } from './screen.ts';
import type { Mail } from './types.ts';
import type { Mailbox, World } from './world.ts';

/** A person with a mailbox; more than on every platform. */
export interface MailPerson extends Person {
  /** Their mail address. */
  readonly id: string;
  /** All mail they got, oldest first. */
  mailbox(): readonly Mail[];
}

/** How long `sees` and `watches` wait by default, in milliseconds of real time (model.ts). */
const PATIENCE_MS = 8_000;
const UNWRITTEN = 'mail can only be read here: nobody answers the desk by mail yet';

/** Gives the owner of a mailbox eyes. */
export function makePerson(world: World, box: Mailbox): MailPerson {
  return new Reader(world, box);
}

class Reader implements MailPerson {
  readonly name: string;
  readonly platform = 'mail';
  readonly role = 'customer';
  readonly id: string;
  readonly #world: World;
  readonly #box: Mailbox;
  #current = '';

  constructor(world: World, box: Mailbox) {
    this.#world = world;
    this.#box = box;
    this.name = box.owner;
    this.id = box.address;
  }

  mailbox(): readonly Mail[] {
    return [...this.#box.mails];
  }

  async goes(where: string): Promise<void> {
    const place = findPlace(this.screen().places, where);
    if (!place) throw new Error(`${this.name} sees no mail "${where}":\n${this.#describe()}`);
    this.#current = place.id;
    this.#world.changed();
  }

  async sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    const matches = (text: string): boolean =>
      typeof what === 'string' ? text.includes(what) : new RegExp(what).test(text);
    const find = (): string | undefined => this.#visible(where).findLast(matches);
    await this.#until(() => find() !== undefined, `to see ${String(what)}`, withinMs);
    return find() ?? '';
  }

  async watches(
    what: (screen: Screen) => boolean,
    describe: string,
    withinMs = PATIENCE_MS,
  ): Promise<Screen> {
    let seen: Screen | undefined;
    const check = (): boolean => {
      const screen = this.screen();
      if (what(screen)) seen = screen;
      return seen !== undefined;
    };
    await this.#until(check, describe, withinMs);
    return seen ?? this.screen();
  }

  screen(): Screen {
    return screenOf(this.#box, this.#current);
  }

  async says(): Promise<undefined> {
    throw new Error(UNWRITTEN);
  }

  async repliesTo(): Promise<undefined> {
    throw new Error(UNWRITTEN);
  }

  async edits(): Promise<void> {
    throw new Error('nobody can change a mail');
  }

  async deletes(messageId: string): Promise<void> {
    const at = this.#box.mails.findIndex(({ id }) => id === messageId);
    if (at < 0) throw new Error(`${this.name} has no mail ${messageId}`);
    this.#box.mails.splice(at, 1);
    this.#world.changed();
  }

  async reacts(): Promise<void> {
    throw new Error('mail has no reactions');
  }

  async presses(): Promise<void> {
    throw new Error('mail has no buttons');
  }

  async fills(): Promise<void> {
    throw new Error('mail has no forms');
  }

  async submits(): Promise<void> {
    throw new Error('mail has no forms');
  }

  async dismisses(): Promise<void> {
    throw new Error('mail has no forms');
  }

  #visible(where?: string): string[] {
    const { places } = this.screen();
    const place = where === undefined ? undefined : findPlace(places, where);
    const looked = where === undefined ? places : place ? [place] : [];
    return looked.flatMap(({ title, messages }) => [title, ...messages.map(({ text }) => text)]);
  }

  #until(check: () => boolean, describe: string, withinMs: number): Promise<void> {
    if (check()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = this.#world.onChange(() => {
        if (!check()) return;
        finish();
        resolve();
      });
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${this.name} waited ${withinMs} ms ${describe}, and saw:\n${this.#describe()}`));
      }, withinMs);
      const finish = (): void => {
        clearTimeout(timer);
        stop();
      };
    });
  }

  #describe(): string {
    return this.#box.mails
      .map(({ from, subject, text }) => `${from.address}: ${subject}\n${text}`)
      .join('\n---\n');
  }
}

/** A place by its id, its title, or a fragment of its title, in this order. */
function findPlace(places: readonly PlaceView[], wanted: string): PlaceView | undefined {
  return (
    places.find(({ id }) => id === wanted) ??
    places.find(({ title }) => title === wanted) ??
    places.find(({ title }) => title.includes(wanted))
  );
}
