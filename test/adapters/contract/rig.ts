/** What all rigs share: a pretend core behind the adapter, and what the cases ask of every platform alike. */
import type { Answer, Inbound } from '../../../src/core/index.ts';
import type { MessageView, Person } from '../../../src/simulator/model.ts';
import * as discordWorld from '../discord/world.ts';
import type { Rig, RigOptions } from './model.ts';

/** How long is waited for what should come, in ms of real time. */
export const PATIENCE_MS = 20_000;

type Common =
  | 'patience'
  | 'hears'
  | 'sees'
  | 'messages'
  | 'heard'
  | 'answers'
  | 'customer'
  | 'staff'
  | 'card'
  | 'thread'
  | 'lookup';
/** What a platform's rig brings by itself. `shown` stands in for `messages` where what is read is not what the screen calls it. */
export type Own = Omit<Rig, Common> & { readonly shown?: Rig['messages'] };

/** Core, as the adapters see it: keeps what it hears, and answers as the case says. */
export function pretendCore({ between, patience = PATIENCE_MS }: RigOptions) {
  const heard: Inbound[] = [];
  const waiting = new Set<() => void>();
  let answer: (inbound: Inbound) => Answer = () => ({ type: 'nothing' });
  return {
    heard,
    answers: (how: typeof answer) => {
      answer = how;
    },
    take(inbound: Inbound): Answer {
      let taken = false;
      const given = (): Answer => {
        taken = true;
        return answer(inbound);
      };
      const out = between ? between(inbound, given) : given();
      if (taken) heard.push(inbound);
      for (const look of [...waiting]) look();
      return out;
    },
    hears: <T extends Inbound['type']>(type: T) =>
      new Promise<Extract<Inbound, { type: T }>>((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`core did not hear "${type}", but ${JSON.stringify(heard)}`));
        }, patience);
        const look = (): void => {
          const found = heard.find((one): one is Extract<Inbound, { type: T }> => one.type === type);
          if (!found) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
export type Core = ReturnType<typeof pretendCore>;

/** What is so on a platform of bots over HTTP, unless its rig says otherwise. */
export const overHttp = {
  replies: {
    limited: { kind: 'status', status: 429, retryAfterSeconds: 1 },
    waitsMs: [1000, 5000],
    failing: { kind: 'status', status: 503 },
    certain: false,
  },
  buttons: true,
  ready: async () => undefined,
  follows: async () => {
    throw new Error('no address of this platform hands in a token');
  },
  reads: async () => {
    throw new Error('the platform does not tell what was read');
  },
  subjects: () => [],
  connections: () => 0,
  returns: async () => {
    throw new Error('nothing comes back here');
  },
  knocks: async () => {
    throw new Error('there is one door for all');
  },
} as const satisfies Partial<Own>;

/** Makes a rig whole. */
export function complete(own: Own, core: Core, { patience = PATIENCE_MS }: RigOptions): Rig {
  const { sim, kind, who } = own;
  const keyOf = (place: string, { id }: MessageView) => (kind === 'telegram' ? `${place}:${id}` : id);
  const near = kind === 'discord' ? (sim as discordWorld.World['sim']).supportChannelId : undefined;
  const began = new Date();
  const subject = own.channel.limits.subject === undefined ? {} : { subject: '[#12] Server down' };
  return Object.assign(own, {
    patience,
    heard: core.heard,
    answers: core.answers,
    hears: core.hears,
    customer: sim.person('ana'),
    staff: sim.person('bob'),
    sees: async (person: Person, what: string) => void (await person.sees(what, undefined, patience)),
    messages:
      own.shown ??
      ((person: Person) => {
        const all = person
          .screen()
          .places.flatMap(place => place.messages.map(one => ({ ...one, place: place.id })));
        return [...new Map(all.map(one => [keyOf(one.place, one), one])).values()];
      }),
    thread: (over = {}) => ({
      id: '12',
      at: began,
      ...subject,
      class: 'reply' as const,
      text: 'We have your ticket **#12**.',
      buttons: [{ action: 'close:12', label: 'Close it' }],
      title: '#12 Server down',
      mark: '#12',
      person: who,
      ...(near === undefined ? {} : { near }),
      ...over,
    }),
    card: (over = {}) => discordWorld.card(over),
    lookup: (over: Parameters<Rig['lookup']>[0]) => ({
      id: '12',
      kind: 'thread' as const,
      mark: '#12',
      to: undefined,
      person: who,
      near,
      since: new Date(Date.now() - 1000),
      others: [],
      ...over,
    }),
  });
}

/** Names of the files that a person sees, oldest first. */
export const filesIn = (person: Person): string[] => {
  const all = person.screen().places.flatMap(({ messages }) => messages);
  const once = [...new Map(all.map(one => [one.id, one])).values()];
  return once.flatMap(({ files = [] }) => files).map(({ name }) => name);
};
