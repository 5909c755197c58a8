import type { Screen } from '../model.ts';

function fits(text: string, what: string | RegExp): boolean {
  return typeof what === 'string'
    ? text.includes(what)
    : new RegExp(what.source, what.flags.replace(/[gy]/g, '')).test(text);
}

/** Everything on a screen that can be read, newest messages last; `where` narrows it to one place. */
function readable(screen: Screen, where: string | undefined): string[] {
  const places = screen.places.filter(
    place => !where || place.id === where || place.title.toLowerCase().includes(where.toLowerCase()),
  );
  const fromPlaces = places.flatMap(place => [
    place.title,
    ...place.tags,
    ...place.messages.map(one => one.text),
  ]);
  if (where) return fromPlaces;
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
export function seenOn(screen: Screen, what: string | RegExp, where?: string): string | undefined {
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

/** Waits until `look` gives something, looking again after every change; rejects with the screen after `withinMs` of real time. */
export function waitFor<T>(
  look: () => T | undefined,
  onChange: (listener: () => void) => () => void,
  withinMs: number,
  fail: () => Error,
): Promise<T> {
  const now = look();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(fail());
    }, withinMs);
    const stop = onChange(() => {
      const seen = look();
      if (seen === undefined) return;
      clearTimeout(timer);
      stop();
      resolve(seen);
    });
  });
}
