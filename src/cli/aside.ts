import { listAside } from '../core/index.ts';
import { openDesk } from './database.ts';
import type { Command } from './io.ts';

/** Letters that are shown. */
const MOST = 50;

/** `npm run desk -- aside`. */
export const asideCommand: Command = {
  summary: 'show mail that was set aside',
  help: `npm run desk -- aside

The newest ${MOST} letters that became no ticket: automatic answers, lists, our own mail, mail of suppliers about their work, and what came faster than a
person writes. They are kept for
30 days. One line for each, as JSON: at, why (reply, bulk, own, flood, proof, supplier), sender, subject, body.
`,
  async run(_, io) {
    const desk = await openDesk(io.env);
    try {
      for (const letter of await listAside(desk, MOST)) io.out(`${JSON.stringify(letter)}\n`);
      return 0;
    } finally {
      await desk.close();
    }
  },
};
