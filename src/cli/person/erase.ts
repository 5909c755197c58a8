import type { Erased } from '../../core/index.ts';
import type { Command } from '../io.ts';
import { onDesk } from './command.ts';

const help = `npm run desk -- erase-person REF [--yes]

Erases a person: contact, names, what they wrote and what was written to them, files, and what is half written. Their tickets are closed and
keep their numbers and times; the audit log keeps ids. It cannot be undone. REF is as for export-person; it is asked for once more,
unless --yes is given. What the platforms show, backups, and what the billing system would import again, it does not reach.
`;

const refused: Readonly<Record<Extract<Erased, { ok: false }>['why'], string>> = {
  'no-such-person': "There is no such person. Give a contact's ref, or channel:id.",
  'is-staff':
    'This person has acted as staff, and what they did belongs to the tickets of others. Nothing was erased.',
};

/** `erase-person`. */
export const eraseCommand: Command = {
  summary: 'erase a person, for good',
  help,
  async run(args, io) {
    const [who, ...more] = args.filter(arg => arg !== '--yes');
    if (who === undefined || more.length > 0 || who.startsWith('-')) {
      io.err(help);
      return 2;
    }
    if (!args.includes('--yes')) {
      const typed = await io.ask(`This cannot be undone. To erase this person, type ${who}: `);
      if (typed.trim() !== who) {
        io.err('That is not the same. Nothing was erased.\n');
        return 1;
      }
    }
    return onDesk(io, async desk => {
      const erased = await desk.erasePerson(who);
      if (!erased.ok) {
        io.err(`${refused[erased.why]}\n`);
        return 1;
      }
      const { identities, tickets, messages, files, filesLeft } = erased;
      io.out(`Erased: ${identities} identities, ${tickets} tickets, ${messages} messages, ${files} files.\n`);
      if (filesLeft > 0)
        io.err(`${filesLeft} files could not be deleted now; the desk tries again by itself.\n`);
      return filesLeft > 0 ? 1 : 0;
    });
  },
};
