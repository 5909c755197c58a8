import type { PlaceView, Screen } from './model.ts';

function fits(text: string, what: string | RegExp): boolean {
  return typeof what === 'string'
    ? text.includes(what)
    : new RegExp(what.source, what.flags.replace(/[gy]/g, '')).test(text);
}

/** The places that are meant: the one of that id or title, else all whose title holds it. */
function meant({ places }: Screen, where: string | undefined): readonly PlaceView[] {
  if (where === undefined) return places;
  const exact = places.filter(({ id, title }) => id === where || title === where);
  const wanted = where.toLowerCase();
  return exact.length > 0 ? exact : places.filter(({ title }) => title.toLowerCase().includes(wanted));
}

/** Everything on a screen that can be read, newest messages last; `where` narrows it to a place. */
function readable(screen: Screen, where: string | undefined): string[] {
  const places = meant(screen, where);
  const fromPlaces = places.flatMap(place => [
    place.title,
    ...place.tags,
    ...place.messages.map(one => one.text),
  ]);
  if (where !== undefined) return fromPlaces;
  const modal = screen.modal;
  const fromModal = modal
    ? [
        modal.title,
        modal.text,
        ...modal.fields.flatMap(field => [field.label, field.hint, field.error ?? '']),
      ]
    : [];
  return [...fromPlaces, ...fromModal, ...screen.alerts];
}

/** What on the screen matches, newest first; `undefined` when nothing does. */
function seenOn(screen: Screen, what: string | RegExp, where?: string): string | undefined {
  return readable(screen, where).findLast(text => fits(text, what));
}

/** A screen as text, for error messages. */
export function describeScreen(screen: Screen): string {
  const lines = screen.places.flatMap(place => [
    `[${place.kind}] ${place.title} {${place.tags.join(', ')}}${place.archived ? ' archived' : ''}`,
    ...place.messages.map(
      one =>
        `   ${one.author}: ${one.text.replace(/\n/g, ' / ')} ${one.buttons.map(button => `(${button.label})`).join(' ')}`,
    ),
  ]);
  const modal = screen.modal;
  const form = modal
    ? [
        `form "${modal.title}" ${modal.text}`,
        ...modal.fields.map(one => `   ${one.label} = ${one.value} ${one.error ?? ''}`),
      ]
    : [];
  return [
    `${screen.person} on ${screen.platform}`,
    ...lines,
    ...form,
    ...screen.alerts.map(one => `alert: ${one}`),
  ].join('\n');
}

/** Somebody with a screen, and with what tells when it may have changed. */
export interface Onlooker {
  readonly name: string;
  screen(): Screen;
  /** Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

/** How long somebody looks by default, in ms of real time (model.ts). */
export const PATIENCE_MS = 20_000;

/** Waits until something on the screen matches, and gives the newest of it; rejects with the screen after `withinMs` of real time. */
export function waitToSee(
  who: Onlooker,
  what: string | RegExp,
  where: string | undefined,
  withinMs: number,
): Promise<string> {
  const words = typeof what === 'string' ? JSON.stringify(what) : String(what);
  const there = where === undefined ? '' : ` in "${where}"`;
  return waitFor(who, screen => seenOn(screen, what, where), `${words}${there}`, withinMs);
}

/** Waits until the screen is as it should be; rejects with it after `withinMs` of real time, or with what `what` throws. */
export function waitUntil(
  who: Onlooker,
  what: (screen: Screen) => boolean,
  describe: string,
  withinMs: number,
): Promise<Screen> {
  return waitFor(who, screen => (what(screen) ? screen : undefined), describe, withinMs);
}

function waitFor<T>(
  who: Onlooker,
  find: (screen: Screen) => T | undefined,
  describe: string,
  withinMs: number,
): Promise<T> {
  const now = find(who.screen());
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      stop();
      end();
    };
    const stop = who.onChange(() => {
      try {
        const seen = find(who.screen());
        if (seen !== undefined) finish(() => resolve(seen));
      } catch (error) {
        finish(() => reject(error));
      }
    });
    const timer = setTimeout(() => {
      const late = `${who.name} did not see ${describe} within ${withinMs} ms. The screen:\n${describeScreen(who.screen())}`;
      finish(() => reject(new Error(late)));
    }, withinMs);
  });
}

/** A place by its id, its title, or a fragment of its title, in this order. */
export function findPlace(places: readonly PlaceView[], wanted: string): PlaceView | undefined {
  return (
    places.find(({ id }) => id === wanted) ??
    places.find(({ title }) => title === wanted) ??
    places.find(({ title }) => title.includes(wanted))
  );
}
