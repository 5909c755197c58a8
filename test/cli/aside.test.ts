import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../../src/cli/desk.ts';
import { freshDatabase } from '../harness/database.ts';

test('what was set aside is shown, the newest first, one line of JSON for each', async () => {
  const { database, url, drop } = await freshDatabase();
  onTestFinished(drop);
  await database.sql`
    insert into aside (channel, sender, subject, body, why, at) values
      ('email', 'a@example.com', 'one', 'words\nmore', 'bulk', now()), ('email', 'b@example.com', 'two', '', 'flood', now())`;
  const out: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: () => undefined,
    tty: false,
    ask: async () => '',
    env: { DATABASE_URL: url },
  };
  expect(await runCommand(['aside'], io)).toBe(0);
  expect(out.map(line => JSON.parse(line))).toMatchObject([
    { sender: 'b@example.com', why: 'flood' },
    { sender: 'a@example.com', subject: 'one', body: 'words\nmore', why: 'bulk' },
  ]);
});
