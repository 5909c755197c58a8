import { expect, test } from 'vitest';
import { letterDesk } from './kit.ts';

const CANARY = 'canary-7f3a';

test('whoever wrote letters and is erased leaves no trace: in words, in what was folded, in names of letters, in what was set aside, in what the adapter keeps', async () => {
  const t = await letterDesk();
  const who = `${CANARY}@example.com`;
  const forgotten: string[] = [];
  Object.assign(t.mail, {
    forget: async (person: { externalId: string }) => void forgotten.push(person.externalId),
  });
  await t.writes(who, {
    subject: CANARY,
    text: `words of ${CANARY}`,
    folded: `> ${CANARY}`,
    ref: `${CANARY}.1@example.com`,
    files: [{ source: `${CANARY}/0`, name: `${CANARY}.txt` }],
  });
  const [own] = await t.sent(1);
  await t.writes(who, { answers: [own as never], text: `more of ${CANARY}`, ref: `${CANARY}.2@example.com` });
  await t.writes(who, { automatic: 'bulk', subject: CANARY, text: CANARY });
  await t.staffSays(1, `Dear ${CANARY}`);
  const traces = async (): Promise<string[]> => {
    const tables = await t.database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await t.database
        .sql`select r::text as row from ${t.database.sql(name)} r where r::text like ${`%${CANARY}%`}`;
      if (rows.length > 0) found.push(name);
    }
    return found.toSorted();
  };
  expect((await traces()).length).toBeGreaterThan(5);
  expect(await t.desk.erasePerson(`email:${who}`)).toMatchObject({ ok: true, tickets: 1 });
  expect(await traces()).toEqual([]);
  expect(forgotten).toEqual([who]);
  expect(t.log.lines.join('\n')).not.toContain(CANARY);
});
