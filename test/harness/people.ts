import type {
  Asked,
  Deleted,
  DeskVerb,
  Edited,
  Pressed,
  Reacted,
  Said,
  Submitted,
  Typed,
} from '../../src/core/index.ts';
import { type MovedClock, STAFF_ROLE } from './desk.ts';

let events = 0;

/** Events as an adapter would bring them, for tests of the core alone. Each has an id of its own unless one is given. */
export function eventsAt(clock: MovedClock) {
  const base = (who: string, roles?: readonly string[]) => ({
    eventId: `e${++events}`,
    at: clock.now(),
    from: { space: 's', externalId: who, name: who, locale: 'en', roles },
  });
  return {
    submits: (
      who: string,
      values: Readonly<Record<string, string>> = {},
      more: Partial<Submitted> = {},
    ): Submitted => ({
      ...base(who),
      type: 'submitted',
      draft: '',
      page: 'all',
      values: { department: 'technical', priority: 'regular', description: `${who} needs help`, ...values },
      ...more,
    }),
    says: (who: string, place: string, text: string, more: Partial<Said> = {}): Said => {
      const event = base(who);
      return { ...event, type: 'said', place, direct: false, ref: event.eventId, text, ...more };
    },
    staffSays: (who: string, place: string, text: string, more: Partial<Said> = {}): Said => {
      const event = base(who, [STAFF_ROLE]);
      return { ...event, type: 'said', place, direct: false, ref: event.eventId, text, ...more };
    },
    edits: (
      who: string,
      place: string,
      ref: string,
      text: string,
      version: number,
      more: Partial<Edited> = {},
    ): Edited => ({
      ...base(who, [STAFF_ROLE]),
      type: 'edited',
      place,
      direct: false,
      ref,
      text,
      version,
      ...more,
    }),
    deletes: (place: string, ref: string, more: Partial<Deleted> = {}): Deleted => ({
      eventId: `e${++events}`,
      at: clock.now(),
      type: 'deleted',
      place,
      direct: false,
      ref,
      ...more,
    }),
    reacts: (
      who: string,
      place: string,
      ref: string,
      emoji: string,
      on = true,
      more: Partial<Reacted> = {},
    ): Reacted => ({
      ...base(who, [STAFF_ROLE]),
      type: 'reacted',
      place,
      direct: false,
      ref,
      emoji,
      on,
      ...more,
    }),
    presses: (
      who: string,
      place: string,
      action: string,
      roles: readonly string[] = [STAFF_ROLE],
      more: Partial<Pressed> = {},
    ): Pressed => ({
      ...base(who, roles),
      type: 'pressed',
      place,
      direct: false,
      action,
      ...more,
    }),
    types: (who: string, field: Typed['field'], text = '', roles: readonly string[] = []): Typed => ({
      ...base(who, roles),
      type: 'typed',
      place: 'lobby',
      direct: false,
      field,
      text,
    }),
    commands: (
      who: string,
      verb: DeskVerb,
      given: { readonly number?: number | string; readonly value?: string; readonly place?: string } = {},
      roles: readonly string[] = [STAFF_ROLE],
    ): Asked => ({
      ...base(who, roles),
      type: 'asked',
      place: given.place ?? 'staff room',
      direct: false,
      ask: { what: 'desk', verb, number: String(given.number ?? ''), value: given.value ?? '' },
    }),
    asks: (who: string, ask: Asked['ask'], more: Partial<Asked> = {}): Asked => ({
      ...base(who),
      type: 'asked',
      place: 'lobby',
      direct: false,
      ask,
      ...more,
    }),
  };
}
