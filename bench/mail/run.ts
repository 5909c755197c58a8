import { join } from 'node:path';
import { openDatabase } from '../../drizzle/database.ts';
import { startServer } from '../../drizzle/server.ts';
import { startMail } from '../../src/simulator/mail/index.ts';
import { inDirectory } from '../kit/cleanup.ts';
import { cpuMs } from '../kit/cpu.ts';
import { startDesk } from '../kit/desk.ts';
import { startPlatforms } from '../kit/platforms.ts';
import type { Options } from '../kit/report.ts';
import { median, round } from '../kit/stats.ts';
import { startHelper } from '../kit/worker.ts';
import type { MailAnswer, MailLoad, MailQuestion } from './load.ts';

/** What the bench found. */
export interface MailResult {
  /** Mails in a second from a request to a committed ticket, each from somebody else: the median of some turns. */
  readonly per_s: number;
}

/** The secret of whoever brings mail here. */
const SECRET = 'a-secret-of-whoever-brings-mail';
/** Mails under way at once: what a busy mail server hands on. */
const CONCURRENCY = 48;

/** Mails as people write them, brought over HTTP to the desk as `npm start` runs it: read in its thread, and each opened as a ticket. */
export function runMail({ short, say }: Options): Promise<MailResult> {
  const [turns, count] = short ? [2, 600] : [5, 2000];
  return inDirectory(async (directory, defer) => {
    const platforms = await startPlatforms(directory);
    defer(platforms.stop);
    const mail = await startMail();
    defer(() => mail.stop());
    let running = true;
    const tell = (line: string): void => (running ? say(line) : undefined);
    const server = await startServer({
      dataDir: directory,
      log: { info: () => undefined, warn: tell, error: tell },
    });
    defer(() => {
      running = false;
      return server.stop();
    });
    const desk = await startDesk(directory, {
      ...platforms.env,
      DATABASE_URL: server.url,
      DATA_DIR: join(directory, 'data'),
      SMTP_URL: mail.url,
      MAIL_FROM: 'Support <support@desk.example>',
      MAIL_IN_RAW_SECRET: SECRET,
      MAIL_IN_AUTHSERV_ID: 'mx.desk.example',
    });
    defer(desk.stop);
    const load = startHelper<MailQuestion, MailAnswer>(new URL('load.ts', import.meta.url), {
      url: `${desk.url}/hooks/email/raw`,
      secret: SECRET,
    } satisfies MailLoad);
    defer(load.stop);
    await load.ask({ count: 200, concurrency: CONCURRENCY });
    const rates: number[] = [];
    const before = [cpuMs(desk.pid), cpuMs(server.pid)] as const;
    for (let turn = 0; turn < turns; turn++) {
      const { ms, faults } = await load.ask({ count, concurrency: CONCURRENCY });
      if (faults.length > 0) throw new Error(`${faults.length} mails were not taken: ${faults[0]}`);
      rates.push((count / ms) * 1000);
    }
    say(`turns of ${count} mails: ${rates.map(rate => Math.round(rate)).join(', ')} a second`);
    const used = [cpuMs(desk.pid) - before[0], cpuMs(server.pid) - before[1]].map(ms =>
      round(ms / (turns * count), 1),
    );
    say(`of each mail the desk has ${used[0]} ms of a core, and PostgreSQL ${used[1]} ms`);
    const database = await openDatabase({ url: server.url, max: 1, name: 'bench' });
    defer(() => database.close());
    const [found] = await database.sql<{ tickets: number; folded: number }[]>`
      select count(*)::int as tickets, count(*) filter (where m.folded is not null)::int as folded
      from ticket t join message m on m.ticket_id = t.id`;
    const all = 200 + turns * count;
    if (found?.tickets !== all || found.folded !== all)
      throw new Error(`${all} mails came, and there are ${JSON.stringify(found)}`);
    return { per_s: round(median(rates), 0) };
  });
}
