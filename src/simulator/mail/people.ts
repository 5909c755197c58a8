import { describeScreen, findPlace, PATIENCE_MS, waitToSee, waitUntil } from '../looking.ts';
import type { Person, Screen } from '../model.ts';
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
    if (!place) throw new Error(`${this.name} sees no mail "${where}":\n${describeScreen(this.screen())}`);
    this.#current = place.id;
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
}
