import { expect, test } from 'vitest';
import { sharingServices } from '../../../src/core/notice/index.ts';
import { inOrder } from '../../../src/core/notice/rules/check.ts';
import { announced, bring, does, eachTold, maintenance, settled, view } from './kit.ts';
import { HOUR, hours as hoursOf, location, ownOf, saidTo as saidBy } from './own-kit.ts';

const told = eachTold();
const hours = (from: number) => hoursOf(told, from);
const saidTo = (who: string) => saidBy(told, who);
const hoursIn = (text = ''): string[] => text.match(/\d\d:\d\d(?=[ –-]+\d\d:\d\d UTC)/g) ?? [];
const clock = ({ from }: { from: string }): string => from.slice(11, 16);

test('an account with a window of its own hears of that alone, and nobody else hears of it', async () => {
  const { t, mail } = told;
  await bring(t, 'A-1', [
    { ref: 's-1', location: 'WAW1' },
    { ref: 's-2', location: 'KRK1' },
  ]);
  await bring(t, 'A-2', [{ ref: 's-3', location: 'WAW1' }]);
  // The same hour for both would be no fault: they are not told of each other's.
  const [general, own] = [hours(30), hours(40)];
  const id = await announced(
    t,
    maintenance(t, { objects: [location, ownOf('A-1', 0)], windows: [own, general] }),
  );
  expect(hoursIn(saidTo('a-1')[0])).toEqual([clock(own)]);
  expect(hoursIn(saidTo('a-2')[0])).toEqual([clock(general)]);
  expect(saidTo('a-1')[0]).toContain('Service s-1');
  expect(saidTo('a-1')[0]).not.toContain('s-2');
  expect(saidTo('a-1')[0]).toContain('slower, or short interruptions');
  expect(saidTo('a-2')[0]).not.toContain('slower, or short interruptions');
  expect(mail.calls).toHaveLength(2);

  t.clock.forward(29.7 * HOUR); // an hour before the general one
  await settled(t);
  expect([saidTo('a-1').length, saidTo('a-2').length]).toEqual([2, 2]); // a day before; an hour before
  t.clock.forward(10 * HOUR);
  await settled(t);
  expect([saidTo('a-1').length, saidTo('a-2').length]).toEqual([3, 2]);
  expect((await view(t, id)).state).toBe('confirmed');
});

test('work starts for everybody with a window that is for everybody', async () => {
  const { t } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await bring(t, 'A-2', [{ ref: 's-2', location: 'WAW1' }]);
  const id = await announced(
    t,
    maintenance(t, {
      objects: [location, ownOf('A-1', 0)],
      windows: [hours(3), hours(10)],
      starts: true,
      reminders: [],
    }),
  );
  t.clock.forward(4.1 * HOUR);
  await settled(t);
  expect((await view(t, id)).state).toBe('confirmed');
  expect([saidTo('a-1').length, saidTo('a-2').length]).toEqual([2, 1]);
  expect(saidTo('a-1').at(-1)).toContain('This begins now.');
  t.clock.forward(7 * HOUR);
  await settled(t);
  expect((await view(t, id)).state).toBe('running');
  expect([saidTo('a-1').length, saidTo('a-2').length]).toEqual([2, 2]);
});

test('windows of one account do not overlap; what has no window left is refused', async () => {
  const { t } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  const draft = async (objects: unknown[], windows: unknown[]) => {
    const made = await t.desk.api.notices.draft('k', maintenance(t, { objects, windows }));
    return 'faults' in made ? made.faults.map(({ code }) => code) : made.outcome;
  };
  const [three, four, late] = [hours(3), hours(3.5), hours(20)];
  expect(await draft([location, ownOf('A-1', 0, 1)], [three, four, late])).toEqual(['window-overlaps']);
  expect(await draft([location, ownOf('A-1', 0)], [three])).toEqual(['object-no-window']);
  expect(await draft([ownOf('A-2', 0)], [three])).toEqual(['object-nobody']);
});

test('a place whose accounts all have windows of their own is a place still, and an account alone is all that it has', async () => {
  const { t } = told;
  await bring(t, 'A-1', [
    { ref: 's-1', location: 'WAW1' },
    { ref: 's-2', location: 'KRK1' },
  ]);
  const id = await announced(
    t,
    maintenance(t, { objects: [location, ownOf('A-1', 1)], windows: [hours(30), hours(40)] }),
  );
  expect(saidTo('a-1')[0]).toContain('Service s-1');
  expect(saidTo('a-1')[0]).not.toContain('s-2');
  await does(t, id, 'cancel', { text: { en: 'Never mind.' } });
  const made = await t.desk.api.notices.draft(
    'k-2',
    maintenance(t, { objects: [{ ...ownOf('A-1'), windows: undefined }] }),
  );
  if (!('notice' in made)) throw new Error(JSON.stringify(made));
  await t.desk.api.notices.confirm(made.notice.id, made.notice.edition);
  await settled(t);
  expect(saidTo('a-1').at(-1)).toMatch(/Service s-1, Service s-2/);
});

test('an account that one notice names is still found by what other notices are about', async () => {
  const { t } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1', networks: ['203.0.113.7'] }]);
  const at = (type: 'account' | 'location' | 'network', value: string) =>
    ({ type, value, impact: 'outage' }) as const;
  const others = [[at('account', 'A-1')], [at('location', 'WAW1')], [at('location', 'KRK1')]];
  expect(await sharingServices(t.database.sql, [at('network', '203.0.113.7')], others)).toEqual([0, 1]);
});

test('with a window of an account alone, what names none is in all the others', () => {
  const content = inOrder({
    ...maintenance(told.t),
    objects: [
      { type: 'location', value: 'WAW1', impact: 'outage' },
      { type: 'account', value: 'A-1', impact: 'outage', windows: [1] },
      { type: 'account', value: 'A-2', impact: 'none' },
    ],
    windows: [hours(1), hours(5), hours(9)],
  });
  expect(content.objects.map(({ windows }) => windows)).toEqual([[0, 2], [1], [0, 2]]);
});
