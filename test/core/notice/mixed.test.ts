import { expect, test } from 'vitest';
import { linkTo } from '../preference/kit.ts';
import { bring, confirmed, drafted, eachTold, maintenance, settled } from './kit.ts';

const told = eachTold();

test('those who are told by mail do not wait for all who are told by chat', async () => {
  const { t, mail, talk } = told;
  for (let nr = 0; nr < 80; nr++) {
    const byChat = nr < 40;
    await bring(
      t,
      `A-${nr}`,
      [{ ref: `s-${nr}`, location: 'WAW1' }],
      [{ ref: `c-${nr}`, addresses: byChat ? [] : [`c${nr}@example.com`] }],
    );
    if (byChat) await linkTo(t, 'talk', `p${nr}`, `c-${nr}`);
  }
  const id = await drafted(t, maintenance(t));
  await confirmed(t, id);
  const first = await t.database.sql<{ mailed: boolean }[]>`
    select exists (select from contact_address a where a.contact_id = d.contact_id) as mailed from dispatch d order by d.due_at, d.id limit 40`;
  const mailed = first.filter(one => one.mailed).length;
  expect(mailed).toBeGreaterThan(8);
  expect(mailed).toBeLessThan(32);
  await settled(t);
  expect([mail.calls.length, talk.calls.length]).toEqual([40, 40]);
});
