import type { Person, Platform, Screen } from '../simulator/model.ts';
import type { Actor, Company, Line, World } from './model.ts';
import { openBrowser } from './page.ts';

/** Longest text of a line, in UTF-16 units. */
const LONGEST = 110;

type Note = (what: Line['what'], line: string, text: string) => void;

/** Makes the company of one story; everything that its people do and see goes to `write`. */
export function gather(world: World, write: (line: Line) => void): Company {
  let ticket: number | undefined;
  const actor = (platform: Platform, name: string): Actor =>
    tell(world[platform].person(name), (what, line, text) =>
      write({ platform, person: name, what, line: brief(line), text, ticket }),
    );
  return {
    world,
    clientArea: world.clientArea,
    passes: minutes => world.passes(minutes),
    now: () => world.now(),
    slack: name => actor('slack', name),
    discord: name => actor('discord', name),
    telegram: name => actor('telegram', name),
    mail: name => actor('mail', name),
    page: name =>
      openBrowser(world.publicUrl, (what, text) =>
        write({ platform: 'web', person: name, what, line: brief(text), text, ticket }),
      ),
    website: name => actor('website', name),
    about: number => {
      ticket = number;
      return number;
    },
  };
}

function tell(person: Person, note: Note): Actor {
  const does = (line: string, text: string, where?: string): void =>
    note('does', `${line}${where === undefined ? '' : ` in ${titled(person, where)}`}`, text);
  return {
    person,
    async says(text, where) {
      does(`${text.startsWith('/') && !text.startsWith('//') ? 'types' : 'writes'} ${text}`, text, where);
      await person.says(text, where);
    },
    async presses(label, where) {
      does(`presses ${label}`, label, where);
      await person.presses(label, where);
    },
    async fills(values) {
      const given = Object.entries(values).map(([field, value]) => `${field}: ${value}`);
      does(`fills in ${given.join(', ')}`, given.join('\n'));
      await person.fills(values);
    },
    async submits() {
      const label = person.screen().modal?.submit ?? '';
      does(`sends the form with ${label}`, label);
      await person.submits();
    },
    async dismisses() {
      const title = person.screen().modal?.title ?? '';
      does(`closes the window ${title}`, title);
      await person.dismisses();
    },
    async goes(where) {
      const title = titled(person, where);
      does(`opens ${title}`, title);
      await person.goes(where);
    },
    async sees(what, where) {
      const seen = await person.sees(what, where);
      note('sees', seen, seen);
      return seen;
    },
    async watches(as, what) {
      await person.watches(what, as);
      note('sees', as, as);
    },
    doesNotSee(text, as) {
      const found = textsOn(person.screen()).find(one => one.includes(text));
      if (found !== undefined)
        throw new Error(`${person.name} was not to see ${JSON.stringify(text)}, and did: ${found}`);
      note('sees', as, as);
    },
  };
}

/** A place's own title, which says more than the fragment it was meant by. */
function titled(person: Person, where: string): string {
  const { places } = person.screen();
  const found = places.find(({ id, title }) => id === where || title.includes(where));
  return found === undefined ? where : brief(found.title, 40);
}

/** Everything that can be read on a screen. */
function textsOn({ places, modal, alerts }: Screen): string[] {
  const form =
    modal === null ? [] : [modal.title, modal.text, ...modal.fields.map(field => field.error ?? '')];
  const inPlaces = places.flatMap(({ title, messages }) => [title, ...messages.map(({ text }) => text)]);
  return [...inPlaces, ...form, ...alerts];
}

function brief(text: string, longest = LONGEST): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
}
