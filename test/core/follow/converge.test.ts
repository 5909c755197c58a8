import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inbound, Receipt } from '../../../src/core/index.ts';
import { type Call, type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

/** What a platform does with a call: does it, is busy, does it and loses the answer, loses the call. */
type Luck = 'done' | 'busy' | 'done-unheard' | 'lost';

/** A platform that shows what it was told to, and has its bad moments. */
interface Screen {
  readonly channel: ScriptedChannel;
  readonly shown: { readonly ref: string; readonly id: string; text: string }[];
  luck: Luck[];
}

function screen(kind: string, desk: boolean): Screen {
  const shown: Screen['shown'] = [];
  const find = async ({ id }: { readonly id: string }) => {
    const one = shown.find(message => message.id === id);
    return one === undefined
      ? ({ outcome: 'absent' } as const)
      : ({ outcome: 'delivered', ref: one.ref } as const);
  };
  const channel = scriptedChannel(kind, { desk, text: 500, find });
  const it: Screen = { channel, shown, luck: [] };
  let refs = 0;
  const apply = ({ what, id, text }: Call): string => {
    const index = shown.findIndex(one => one.ref === id);
    if (what === 'deliver') shown.push({ ref: `${kind}${++refs}`, id, text });
    else if (what === 'remove' && index >= 0) shown.splice(index, 1);
    else if (what === 'edit' && index >= 0) (shown[index] as { text: string }).text = text;
    return `${kind}${refs}`;
  };
  channel.script = (call): Receipt => {
    if (!['deliver', 'edit', 'remove'].includes(call.what)) return { outcome: 'delivered', ref: call.id };
    const luck = it.luck.shift() ?? 'done';
    if (luck === 'busy') return { outcome: 'retry', afterMs: 1000, scope: 'place', why: 'busy' };
    const ref = luck === 'lost' ? '' : apply(call);
    return luck === 'done' ? { outcome: 'delivered', ref } : { outcome: 'unknown', why: 'no answer' };
  };
  return it;
}

let t: TestDesk;
let chat: Screen;
let forum: Screen;
let board: Screen;
let at: Awaited<ReturnType<typeof openTicket>>;
let runs = 0;

beforeAll(async () => {
  chat = screen('chat', false);
  forum = screen('forum', true);
  board = screen('board', true);
  const policy = testPolicy();
  const channels = [chat, forum, board].map(one => one.channel);
  t = await testDesk(channels, { ...policy, staff: { ...policy.staff, undo: 2 } });
  at = await openTicket(t, chat.channel, forum.channel);
});
afterAll(() => t.close());

/** A message with what happens to it: its texts (the first is what was said; a note begins with `//`), and whether it is deleted. */
interface Life {
  readonly by: 'staff' | 'customer';
  readonly texts: readonly { readonly note: boolean; readonly words: number }[];
  readonly deleted: boolean;
}

const life: fc.Arbitrary<Life> = fc.record({
  by: fc.constantFrom('staff', 'staff', 'customer'),
  texts: fc.array(
    fc.record({
      note: fc.integer({ max: 9, min: 0 }).map(n => n === 0),
      words: fc.constantFrom(1, 1, 40, 70),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  deleted: fc.integer({ max: 3, min: 0 }).map(n => n === 0),
});

const luck = fc.array(fc.constantFrom<Luck>('done', 'done', 'done', 'busy', 'done-unheard', 'lost'), {
  maxLength: 8,
});

const textOf = (one: Life, name: string, version: number): string => {
  const { note, words } = one.texts[version] as Life['texts'][number];
  const text = Array.from({ length: words }, () => `${name}v${version}`).join(' ');
  return note && one.by === 'staff' ? `// ${text}` : text;
};

/** All that happens to a message, as events; the first version is what was said. */
function eventsOf(one: Life, name: string): (() => Inbound)[] {
  const people = eventsAt(t.clock);
  const [who, place] = one.by === 'staff' ? ['bob', at.post] : ['ana', at.thread];
  const said = () =>
    one.by === 'staff'
      ? people.staffSays(who, place, textOf(one, name, 0), { ref: name })
      : people.says(who, place, textOf(one, name, 0), { ref: name });
  const edits = one.texts
    .slice(1)
    .map((_, n) => () => people.edits(who, place, name, textOf(one, name, n + 1), n + 1));
  return [said, ...edits, ...(one.deleted ? [() => people.deletes(place, name)] : [])];
}

const seen = ({ shown }: Screen, name: string): string =>
  shown
    .filter(({ text }) => text.includes(`${name}v`))
    .map(({ text }) => text.replace(/^\*\*.*\*\*\n\n/, ''))
    .join(' ')
    .replace(/\s+/g, ' ');

async function comeToRest(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await settleAll(t);
    const [open] = await column<number>(t.database, `select count(*)::int from lane where backlog > 0`);
    const [stored] = await column<number>(
      t.database,
      `select count(*)::int from receipt where state = 'stored'`,
    );
    if (open === 0 && stored === 0) return;
    t.clock.forward(31_000);
  }
  throw new Error('there is always something left to do');
}

test('edits and deletions converge in any order of arrival, twice told, whatever the platforms do meanwhile (guarantee 6)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(life, { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
      luck,
      luck,
      fc.array(fc.constantFrom('nothing', 'nothing', 'tick', 'settle', 'time'), {
        minLength: 24,
        maxLength: 24,
      }),
      async (lives, order, chatLuck, boardLuck, pauses) => {
        const run = ++runs;
        chat.luck = [...chatLuck];
        board.luck = [...boardLuck];
        const events = lives.flatMap((one, n) => eventsOf(one, `r${run}m${n}`));
        const dealt = [...events, ...events.slice(0, 2)]
          .map((make, n) => ({ make, key: order[n % order.length] ?? 0, desk: n }))
          .toSorted((a, b) => a.key - b.key);
        const made = new Map<() => Inbound, Inbound>();
        for (const [n, { make }] of dealt.entries()) {
          const event = made.get(make) ?? make();
          made.set(make, event);
          await t.desk.accept('place' in event && event.place === at.post ? 'forum' : 'chat', event);
          const pause = pauses[n % pauses.length];
          if (pause === 'tick') await t.desk.tick();
          if (pause === 'settle') await settleAll(t);
          if (pause === 'time') t.clock.forward(1500);
        }
        await comeToRest();
        for (const [n, one] of lives.entries()) {
          const name = `r${run}m${n}`;
          const noted = one.by === 'staff' && one.texts.some(({ note }) => note);
          const newest = textOf(one, name, one.texts.length - 1).replace(/^\/\/ /, '');
          const onBoard = one.deleted ? '' : newest;
          expect([name, seen(board, name)], 'at the other desk').toEqual([name, onBoard]);
          if (one.by === 'staff')
            expect([name, seen(chat, name)], 'at the customer').toEqual([name, noted ? '' : onBoard]);
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
}, 240_000);
