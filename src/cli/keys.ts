import { parseArgs } from 'node:util';
import { createKeys, type Keys, type KeyView, type Scope, scopes } from '../core/index.ts';
import { openDesk } from './database.ts';
import { type Command, type Io, UsageError } from './io.ts';

const help = `npm run desk -- keys create NAME --scope SCOPE [--scope SCOPE …]
npm run desk -- keys list
npm run desk -- keys revoke ID

Keys with which the provider's own programs use the API (${'`'}Authorization: Bearer sd_…${'`'}). A key is shown once, when it is made;
the desk keeps only its hash. Scopes: ${scopes.join(', ')}
`;

/** `npm run desk -- keys`. */
export const keysCommand: Command = {
  summary: 'make, list and revoke keys of the API',
  help,
  async run(args, io) {
    const [verb = '', ...rest] = args;
    const work = { create, list, revoke }[verb];
    if (work === undefined) throw new UsageError('Say create, list or revoke.');
    const prepared = work(rest, io);
    const desk = await openDesk(io.env);
    try {
      return await prepared(createKeys(desk));
    } finally {
      await desk.close();
    }
  },
};

type Prepared = (keys: Keys) => Promise<number>;

function create(args: readonly string[], io: Io): Prepared {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { scope: { type: 'string', multiple: true, default: [] } },
  });
  const name = positionals.join(' ').trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name))
    throw new UsageError('Give the key a name, such as: billing.');
  const given = values.scope.flatMap(one => one.split(','));
  const strange = given.filter(one => !scopes.some(scope => scope === one));
  if (given.length === 0 || strange.length > 0)
    throw new UsageError(
      `${strange.length > 0 ? `There is no scope ${strange.join(', ')}. ` : ''}Scopes: ${scopes.join(', ')}`,
    );
  return async keys => {
    const { key, secret } = await keys.create(name, [...new Set(given)] as Scope[]);
    io.err(`${lineOf(key)}\nThis is the key. Keep it now: it is shown only this once.\n`);
    io.out(`${secret}\n`);
    return 0;
  };
}

function list(_args: readonly string[], io: Io): Prepared {
  return async keys => {
    const all = await keys.list();
    io.out(all.length === 0 ? 'There are no keys.\n' : all.map(key => `${lineOf(key)}\n`).join(''));
    return 0;
  };
}

function revoke(args: readonly string[], io: Io): Prepared {
  const [id = ''] = args;
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new UsageError('Give the number of the key; `keys list` shows it.');
  return async keys => {
    const key = await keys.revoke(Number(id));
    if (key === undefined) io.err(`There is no key ${id}; \`keys list\` shows those there are.\n`);
    else io.out(`${lineOf(key)}\n`);
    return key === undefined ? 1 : 0;
  };
}

function lineOf({ id, name, hint, scopes: given, createdAt, revokedAt }: KeyView): string {
  const until = revokedAt === null ? '' : `, revoked ${revokedAt.toISOString()}`;
  return `${id}  ${hint}…  ${name}  ${given.join(' ')}  made ${createdAt.toISOString()}${until}`;
}
