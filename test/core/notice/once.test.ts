import { describe, expect, it, test } from 'vitest';
import type { Database } from '../../../drizzle/database.ts';
import type { Receipt } from '../../../src/core/index.ts';
import { createNotices } from '../../../src/core/notice/index.ts';
import type { Call } from '../../harness/channel.ts';
import { chance, contextOf, held, secondDesk } from '../kit.ts';
import { linkTo } from '../preference/kit.ts';
import {
  announced,
  bring,
  confirmed,
  does,
  drafted,
  eachTold,
  maintenance,
  outage,
  settled,
  view,
} from './kit.ts';

const told = eachTold();

const ok: Receipt = { outcome: 'delivered', ref: 'm' };
const busy: Receipt = { outcome: 'retry', afterMs: 1_000, scope: 'place', why: 'busy' };
const lost: Receipt = { outcome: 'unknown', why: 'no answer' };

/** A database whose power goes at the nth statement of a transaction. */
function dyingAt(database: Database, nth: number): Database {
  let left = nth;
  const dying = <T extends object>(tx: T): T =>
    new Proxy(tx, {
      apply(target, self, args) {
        left -= 1;
        if (left < 0) throw new Error('the power went');
        return Reflect.apply(target as never, self, args);
      },
    });
  const begin = (work: (tx: Database['sql']) => Promise<unknown>) =>
    database.sql.begin(tx => work(dying(tx as never)));
  const sql = new Proxy(database.sql, {
    get: (target, key) => (key === 'begin' ? begin : Reflect.get(target, key)),
  });
  return { ...database, sql };
}

test('a desk that dies while it confirms has done all of it or nothing, wherever that is', async () => {
  const { t, channels, mail } = told;
  for (const nr of [1, 2]) await bring(t, `A-${nr}`, [{ ref: `s-${nr}`, location: 'WAW1' }]);
  const id = await drafted(t, maintenance(t));
  const { edition } = await view(t, id);
  const nothing = await rows();
  let died = 0;
  for (; died < 200; died++) {
    const notices = createNotices(contextOf(t, channels, dyingAt(t.database, died)));
    const end = await notices.confirm(id, edition).catch((error: Error) => error.message);
    if (end !== 'the power went') break;
    expect(await rows(), `at statement ${died}`).toEqual(nothing);
  }
  expect(died).toBeGreaterThan(10);
  expect((await t.desk.api.notices.confirm(id, edition))?.outcome).toBe('again');
  await settled(t);
  expect(mail.calls.map(({ to }) => to).toSorted()).toEqual(['a-1@example.com', 'a-2@example.com']);

  async function rows(): Promise<unknown> {
    const { notice, revisions, board } = await view(t, id).then(({ revisions, board, ...notice }) => ({
      notice,
      revisions,
      board,
    }));
    const [steps] = await t.database
      .sql`select (select count(*) from notice_step) as steps, (select count(*) from notice_hit) as hits`;
    return { notice, revisions, board, steps };
  }
});

test('of many who confirm at once, on two desks, one does; and of what two prepared the second has to look again', async () => {
  const { t, channels, mail } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  const id = await drafted(t, maintenance(t));
  const other = await secondDesk(t, channels);
  const { notices } = other.desk.api;
  const all = await Promise.all(
    [1, 2, 3, 4].flatMap(() => [notices.confirm(id, 1), t.desk.api.notices.confirm(id, 1)]),
  );
  expect(all.map(one => one?.outcome).toSorted()).toEqual([...Array(7).fill('again'), 'confirmed']);
  await Promise.all([settled(t), other.desk.tick()]);
  const { edition } = await view(t, id);
  const [ana, bob] = await Promise.all([
    notices.prepare(id, 'update', { edition, text: { en: 'Ana' } }),
    t.desk.api.notices.prepare(id, 'update', { edition, text: { en: 'Bob' } }),
  ]);
  expect([ana?.outcome, bob?.outcome].toSorted()).toEqual(['changed', 'prepared']);
  expect((await notices.confirm(id, edition))?.outcome).toBe('changed');
  expect((await notices.prepare(id, 'cancel', { edition: edition + 1 }))?.outcome).toBe('prepared');
  expect((await notices.confirm(id, edition + 1))?.outcome).toBe('changed');
  await settled(t);
  expect(mail.calls).toHaveLength(1);
  await other.close();
});

test('whose message is on its way when it is cancelled hears of the cancel; who waits hears nothing', async () => {
  const { t, mail, channels } = told;
  for (const nr of [1, 2]) await bring(t, `A-${nr}`, [{ ref: `s-${nr}`, location: 'WAW1' }]);
  const answer = held<Receipt>();
  const begun = held<void>();
  mail.script = ({ to }) => {
    if (!to.startsWith('a-1')) return busy;
    begun.release();
    return answer.promise;
  };
  const id = await drafted(t, maintenance(t));
  await confirmed(t, id);
  const ticking = (async () => {
    for (let turn = 0; turn < 4; turn++) await t.desk.tick();
  })();
  await begun.promise;
  await does(t, id, 'cancel');
  const other = await secondDesk(t, channels);
  for (let turn = 0; turn < 2; turn++) await other.desk.tick();
  mail.script = () => ok;
  answer.release(ok);
  await ticking;
  await other.close();
  t.clock.forward(5_000);
  await settled(t);
  t.clock.forward(5_000);
  await settled(t);
  expect(mail.calls.filter(({ text }) => text.includes('will not take place')).map(({ to }) => to)).toEqual([
    'a-1@example.com',
  ]);
  expect((await view(t, id)).board).toMatchObject([
    { sent: 1, superseded: 1 },
    { sent: 1, superseded: 1 },
  ]);
});

/** Which revision a message is of: each is given a text of its own. */
const revisionOf = ({ text }: Call): number => Number(/rev(\d+)/.exec(text)?.[1]);

describe('whatever the platforms do, on two desks, one of which dies', () => {
  it.each([1, 2, 3])(
    'each place gets each revision once at most, nothing old, and everybody the newest (seed %i)',
    async seed => {
      const { t, channels, mail, chat, talk } = told;
      const random = chance(seed);
      for (let nr = 1; nr <= 6; nr++) {
        await bring(t, `A-${nr}`, [{ ref: `s-${nr}`, location: 'WAW1' }]);
        if (nr > 2) await linkTo(t, nr % 2 === 0 ? 'chat' : 'talk', `p${nr}`, `A-${nr}-c`);
      }
      let confirmedNow = 0;
      const seen: { place: string; revision: number; newest: number }[] = [];
      const wild = (call: Call): Receipt => {
        const kind = random();
        if (kind < 0.3) return busy;
        if (call.what === 'deliver')
          seen.push({ place: call.to, revision: revisionOf(call), newest: confirmedNow });
        return kind < 0.4 ? lost : ok;
      };
      for (const one of [mail, chat, talk]) one.script = wild;
      const isOutage = seed % 2 === 0;
      const text = (): { en: string } => ({ en: `rev${confirmedNow + 1}` });
      const id = await drafted(t, isOutage ? outage({ text: text() }) : maintenance(t, { text: text() }));
      let other = await secondDesk(t, channels);
      for (let turn = 0; turn < 30; turn++) {
        const deed = random();
        if (confirmedNow === 0) {
          await confirmed(t, id);
          confirmedNow = 1;
        } else if (deed < 0.12) {
          await does(t, id, 'update', { text: text() });
          confirmedNow += 1;
        } else if (deed < 0.2) {
          await other.close();
          other = await secondDesk(t, channels);
        }
        if (random() < 0.5) t.clock.forward(2_500);
        await Promise.all([t.desk.tick(), other.desk.tick()]);
      }
      for (const one of [mail, chat, talk])
        one.script = call => {
          if (call.what === 'deliver')
            seen.push({ place: call.to, revision: revisionOf(call), newest: confirmedNow });
          return ok;
        };
      for (let turn = 0; turn < 4; turn++) {
        t.clock.forward(61_000);
        await Promise.all([settled(t), other.desk.tick()]);
      }
      await settled(t);
      await other.close();
      const times = Map.groupBy(seen, ({ place, revision }) => `${place} rev${revision}`);
      expect([...times].filter(([, all]) => all.length > 1).map(([key]) => key)).toEqual([]);
      expect(seen.filter(({ revision, newest }) => revision < newest)).toEqual([]);
      const newest = (await view(t, id)).board.findLast(({ stage }) => stage !== 'withdrawn');
      expect(newest).toMatchObject({ revision: confirmedNow, planned: 0, held: 0, sending: 0, failed: 0 });
      expect((newest?.sent ?? 0) + (newest?.unknown ?? 0)).toBe(6);
    },
  );
});

describe('expansion', () => {
  const locations = ['WAW1', 'waw1', 'KRK1'];
  const objects = [
    { type: 'location', value: 'WAW1' },
    { type: 'rack', value: 'Waw1/R1' },
    { type: 'rack', value: 'r2' },
    { type: 'product', value: 'VPS' },
    { type: 'network', value: '203.0.113.0/28' },
    { type: 'network', value: '2001:db8::/48' },
    { type: 'order', value: '100003' },
    { type: 'service', value: 's-5-0' },
  ] as const;

  interface Drawn {
    readonly account: number;
    readonly ref: string;
    readonly location: string;
    readonly rack: string | undefined;
    readonly kind: string;
    readonly order: string;
    readonly address: number;
    readonly v6: boolean;
  }

  const hits = (one: Drawn, { type, value }: (typeof objects)[number]): boolean => {
    switch (type) {
      case 'location':
        return one.location.toUpperCase() === value;
      case 'rack':
        return value === 'r2' ? one.rack === 'R2' : one.rack === 'R1' && one.location !== 'KRK1';
      case 'product':
        return one.kind === 'vps';
      case 'network':
        return value.includes(':') ? one.v6 : !one.v6 && one.address < 16;
      case 'order':
        return one.order === value;
      case 'service':
        return one.ref === value;
    }
  };

  it('finds whom a walk through all services finds, and by which object, for each of many choices', async () => {
    const { t } = told;
    const random = chance(7);
    const all: Drawn[] = [];
    for (let account = 0; account < 12; account++) {
      const mine = Array.from(
        { length: Math.floor(random() * 4) },
        (_, index): Drawn => ({
          account,
          ref: `s-${account}-${index}`,
          location: locations[Math.floor(random() * 3)] as string,
          rack: [undefined, 'R1', 'R2'][Math.floor(random() * 3)],
          kind: random() < 0.3 ? 'vps' : 'dedicated server',
          order: String(100_000 + account),
          address: Math.floor(random() * 64),
          v6: random() < 0.3,
        }),
      );
      all.push(...mine);
      await bring(
        t,
        `A-${account}`,
        mine.map(one => ({
          ...one,
          networks: [one.v6 ? `2001:db8:0:${one.address}::/64` : `203.0.113.${one.address}`],
        })),
        [
          { ref: `c-${account}`, roles: account % 3 === 0 ? ['billing'] : ['technical'] },
          { ref: `d-${account}`, roles: ['abuse'] },
        ],
      );
    }
    for (let bits = 1; bits < 256; bits += 11) {
      const chosen = objects
        .filter((_, index) => bits & (1 << index))
        .filter(object => all.some(one => hits(one, object)));
      if (chosen.length === 0) continue;
      const id = await drafted(t, outage({ objects: chosen }), `k-${bits}`);
      await confirmed(t, id);
      const why = await t.database.sql<{ hit: string }[]>`
        select s.ref || ' ' || h.object as hit from notice_hit h join service s on s.id = h.service_id where h.notice_id = ${id}`;
      const walked = all.flatMap(one =>
        chosen.flatMap((object, index) => (hits(one, object) ? [`${one.ref} ${index}`] : [])),
      );
      expect(why.map(({ hit }) => hit).toSorted()).toEqual(walked.toSorted());
      const people = await t.database.sql<{ ref: string }[]>`
        select c.ref from dispatch d join contact c on c.id = d.contact_id where d.notice_id = ${id}`;
      const accounts = new Set(
        all.filter(one => chosen.some(object => hits(one, object))).map(({ account }) => account),
      );
      // Where nobody is for technical matters, all are told.
      const who = [...accounts].flatMap(nr => (nr % 3 === 0 ? [`c-${nr}`, `d-${nr}`] : [`c-${nr}`]));
      expect(people.map(({ ref }) => ref).toSorted()).toEqual(who.toSorted());
    }
  });

  it('tells who is no longer concerned once that it is so, and nobody else', async () => {
    const { t, mail } = told;
    await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
    await bring(t, 'A-2', [{ ref: 's-2', location: 'KRK1' }]);
    await bring(t, 'A-3', [{ ref: 's-3', location: 'KRK1' }]);
    const id = await announced(t, maintenance(t));
    await does(t, id, 'update', {
      text: { en: 'It is the other place.' },
      objects: [{ type: 'location', value: 'KRK1', impact: 'outage' }],
    });
    await settled(t);
    await does(t, id, 'cancel');
    await settled(t);
    expect(mail.calls.map(({ to, subject }) => `${to} ${subject}`).toSorted()).toEqual([
      'a-1@example.com Planned maintenance N-1 (no longer concerns you): New switch',
      'a-1@example.com Planned maintenance N-1: New switch',
      'a-2@example.com Planned maintenance N-1 (cancelled): New switch',
      'a-2@example.com Planned maintenance N-1 (update): New switch',
      'a-3@example.com Planned maintenance N-1 (cancelled): New switch',
      'a-3@example.com Planned maintenance N-1 (update): New switch',
    ]);
  });
});
