import type { Person, Platform } from '../simulator/model.ts';

/** One platform and who is on it. */
export interface Cast {
  readonly people: readonly Person[];
  person(name: string): Person;
  /** Everybody whom a mention really notified. */
  readonly pings: readonly { readonly whom: string }[];
}

/** The provider's own site, as far as the stories need it. */
export interface ClientArea {
  /** A contact is a customer of the provider from now on. */
  knows(contact: {
    readonly ref: string;
    readonly name: string;
    readonly account: string;
    /** What the account rents. */
    readonly server?: { readonly name: string; readonly location: string };
  }): Promise<void>;
  /** What it shows to a contact who has logged in there: the code, or the token of the link, for a platform. */
  proofFor(contactRef: string, platform: Platform, ticket?: number): Promise<string>;
  /** The address with which it sends a contact, who has logged in there, to the page of their own. */
  entryFor(contactRef: string): Promise<string>;
  /** Its billing tells a contact of an invoice. */
  invoices(
    contactRef: string,
    about: { readonly invoice: string; readonly amount: string; readonly due: string },
  ): Promise<void>;
}

/** The platforms that the stories are played on, and the site beside them. */
export type World = Readonly<Record<Platform, Cast>> & {
  readonly clientArea: ClientArea;
  /** Where the desk's own pages are, without a slash at the end. */
  readonly publicUrl: string;
  /** Lets so many minutes pass at once. */
  passes(minutes: number): void;
  now(): Date;
};

/** One thing that a person did or saw. */
export interface Line {
  /** `web`: the page of one's own. */
  readonly platform: Platform | 'web';
  readonly person: string;
  readonly what: 'does' | 'sees';
  /** What is written down, in a few words. */
  readonly line: string;
  /** What exactly was typed, pressed, filled in or seen. */
  readonly text: string;
  /** The number of the ticket it is about, once it is known. */
  readonly ticket: number | undefined;
}

/** One behaviour of the desk, told by people talking. `play` throws when it is not so. */
export interface Story {
  /** What is shown, as a sentence. */
  readonly name: string;
  play(company: Company): Promise<void>;
}

/** The people of a story. */
export interface Company {
  slack(name: string): Actor;
  discord(name: string): Actor;
  telegram(name: string): Actor;
  /** The person’s mailbox: it can only be read. */
  mail(name: string): Actor;
  /** A browser of that person, in front of the desk's own pages. */
  page(name: string): PageActor;
  website(name: string): Actor;
  readonly world: World;
  readonly clientArea: ClientArea;
  /** Lets so many minutes pass at once. */
  passes(minutes: number): void;
  now(): Date;
  /** From now on the story is about this ticket. Returns its number. */
  about(ticket: number): number;
}

/** Somebody in front of a page; what they do and see is written down. */
export interface PageActor {
  /** `as`: what is written down. */
  opens(path: string, as: string): Promise<void>;
  /** Fills in fields, by their labels, and presses the button of their form. `within`: something that stands in the form that is meant. */
  sends(button: string, values?: Readonly<Record<string, string>>, within?: string): Promise<void>;
  /** Throws when the page does not say it. */
  sees(text: string): void;
}

/** A person whose deeds and sights are written down. The methods are those of `Person`, with the same errors. */
export interface Actor {
  readonly person: Person;
  says(text: string, where?: string): Promise<void>;
  presses(label: string, where?: string): Promise<void>;
  fills(values: Readonly<Record<string, string>>): Promise<void>;
  submits(): Promise<void>;
  dismisses(): Promise<void>;
  goes(where: string): Promise<void>;
  sees(what: string | RegExp, where?: string): Promise<string>;
  /** Waits for something that is no text: a form, a mark, a tag. `as` says what was seen. */
  watches(as: string, what: Parameters<Person['watches']>[0]): Promise<void>;
  /** Throws when anything in front of the person has this text. */
  doesNotSee(text: string, as: string): void;
}
