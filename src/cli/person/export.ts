import type { Command } from '../io.ts';
import { onDesk } from './command.ts';

const help = `npm run desk -- export-person REF [--without-notes]

Writes everything that the desk keeps about a person, as JSON. REF is a contact's ref, or an identity: channel:id (slack:U012ABC,
telegram:42), or channel:space/id where ids are unique in a space only. Internal notes are in it, unless --without-notes is given: look
through them before you hand it on.
`;

/** `export-person`. */
export const exportCommand: Command = {
  summary: 'everything about a person, as JSON',
  help,
  async run(args, io) {
    const [who, ...more] = args.filter(arg => arg !== '--without-notes');
    if (who === undefined || more.length > 0 || who.startsWith('-')) {
      io.err(help);
      return 2;
    }
    const withoutNotes = args.includes('--without-notes');
    return onDesk(io, async desk => {
      const person = await desk.exportPerson(who, { withoutNotes });
      if (person === undefined) {
        io.err(`There is no person "${who}". Give a contact's ref, or channel:id.\n`);
        return 1;
      }
      io.out(`${JSON.stringify(person, null, 2)}\n`);
      return 0;
    });
  },
};
