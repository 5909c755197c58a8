import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/desk.ts';
import { column } from '../core/kit.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';

let directory: string;
let fresh: FreshDatabase;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'switchdesk-import-'));
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.drop();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(() => fresh.database.sql`truncate account cascade`);

/** Runs `npm run desk -- …` as the operator does. */
async function desk(args: readonly string[], answers: readonly string[] = []) {
  const said = { out: '', err: '' };
  const left = [...answers];
  const code = await runCommand(args, {
    out: text => {
      said.out += text;
    },
    err: text => {
      said.err += text;
    },
    tty: answers.length > 0,
    ask: async () => left.shift() ?? '',
    env: { DATABASE_URL: fresh.url },
  });
  return { code, ...said };
}

function file(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const HEADER =
  'ref,name,tier,language,time_zone,state,contact_ref,contact_name,contact_roles,contact_addresses,service_ref,service_name,service_kind,service_order_number,service_networks\n';
const GOOD =
  `${HEADER}A-1,"Spółka ""Żółw"", sp. z o.o.",business,pl,Europe/Warsaw,active,C-1,Jan Żółć,owner technical,Jan@acme.example,S-1,Sklep,vps,#123456,203.0.113.7 2001:db8::/64
A-1,,,,,,C-2,Ola,billing,ola@acme.example,S-1,Sklep,vps,#123456,203.0.113.7 2001:db8::/64
A-2,Ben,,,,,,,,,S-2,"two
lines are no
name? here they are in another cell",vps,,
A-3,Cleo,,,,,,,,,,,,,
`.replace('"two\nlines are no\nname? here they are in another cell"', 'Mail');

const refs = () => column(fresh.database, 'select ref from account order by ref');
const everything = () =>
  column(
    fresh.database,
    `select jsonb_build_object('a', (select jsonb_agg(a order by ref) from account a), 'c', (select jsonb_agg(c order by ref) from contact c),
      's', (select jsonb_agg(s order by ref) from service s), 'n', (select count(*) from service_network), 'x', (select count(*) from contact_address))`,
  );

test('rows of one account are put together; the same file twice changes nothing, a dry run nothing either', async () => {
  const path = file('good.csv', GOOD);
  const dry = await desk(['import', path, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toMatch(/What would change \(nothing was\):\s+3 {2}new/);
  expect(await refs()).toEqual([]);

  expect(await desk(['import', path])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/3 {2}new\s+0 {2}changed/),
  });
  const [row] = await fresh.database.sql`
    select a.name, (select array_agg(ref order by ref) from contact where account_id = a.id) as contacts,
      (select array_agg(network::text order by network) from service_network n join service s on s.id = n.service_id where s.account_id = a.id) as networks
    from account a where ref = 'A-1'`;
  expect(row).toEqual({
    name: 'Spółka "Żółw", sp. z o.o.',
    contacts: ['C-1', 'C-2'],
    networks: ['203.0.113.7/32', '2001:db8::/64'],
  });
  const before = await everything();
  expect((await desk(['import', path])).out).toMatch(/0 {2}new\s+0 {2}changed\s+3 {2}as before/);
  expect(await everything()).toEqual(before);
  const changed = file('changed.csv', GOOD.replace('A-3,Cleo', 'A-3,Cleopatra'));
  expect((await desk(['import', changed])).out).toMatch(/0 {2}new\s+1 {2}changed\s+2 {2}as before/);
});

test.each([
  [
    'semicolons and a byte order mark, as Excel in Poland saves it',
    '\uFEFFref;name\nA-1;Spółka, z przecinkiem\n',
  ],
  ['tabs and Windows line ends', 'ref\tname\r\nA-1\tSpółka, z przecinkiem\r\n'],
  ['no line end at the end', 'ref,name\nA-1,"Spółka, z przecinkiem"'],
])('a CSV with %s is read', async (_what, text) => {
  expect(await desk(['import', file('plain.csv', text)])).toMatchObject({ code: 0, err: '' });
  expect(await column(fresh.database, 'select name from account')).toEqual(['Spółka, z przecinkiem']);
});

test('where a service stands is read from CSV and JSON', async () => {
  const csv =
    'ref,name,service_ref,service_name,service_kind,service_location,service_rack\nA-1,A,S-1,Shop,vps,WAW1,A / 7\n';
  expect(await desk(['import', file('racks.csv', csv)])).toMatchObject({ code: 0, err: '' });
  const where = () => column(fresh.database, "select location || '/' || rack as place from service");
  expect(await where()).toEqual(['WAW1/A/7']);
  const services = [{ ref: 'S-1', name: 'Shop', kind: 'vps', networks: [], location: 'WAW1', rack: 'R12' }];
  const json = JSON.stringify([{ ref: 'A-1', name: 'A', services }]);
  expect((await desk(['import', file('racks.json', json)])).out).toMatch(/0 {2}new\s+1 {2}changed/);
  expect(await where()).toEqual(['WAW1/R12']);
});

test.each([
  ['a list', '[\n {"ref":"A-1","name":"A"} ,\n\n {"ref":"A-2","name":"B \\"]}{[ ","contacts":[]}\n]\n'],
  ['a list on one line', '[{"ref":"A-1","name":"A"},{"ref":"A-2","name":"B","services":[]}]'],
])('JSON as %s is read', async (_what, text) => {
  expect(await desk(['import', file('list.json', text)])).toMatchObject({ code: 0, err: '' });
  expect(await refs()).toEqual(['A-1', 'A-2']);
});

test('a file without columns for contacts leaves them as they are', async () => {
  await desk(['import', file('good.csv', GOOD)]);
  const short = file('short.csv', 'ref,name\nA-1,Renamed\n');
  expect((await desk(['import', short])).out).toMatch(/1 {2}changed/);
  expect(await column(fresh.database, 'select count(*)::int from contact')).toEqual([2]);
});

test('each bad row is told with its line and column; everything else is imported', async () => {
  const rows = [
    'A-1,Good,,,,,,,,,,,,,',
    'A-2,Bad zone,,pl_PL,Mars/Base,,,,,,,,,,',
    'A-3,"Two\nlines",,,,,,,,,,,,,',
    'A-4,Bad IP,,,,,C-4,Jan,owner,jan@x.example,S-4,Shop,vps,,203.0.113.9/24 10.0.0.300',
    'A-1,Again,,,,,,,,,,,,,',
    'A-5,Too few',
    'A-6,Roles,,,,,C-6,Jan,king,"Jan <jan@x.example>",,,,,',
    ',No ref,,,,,,,,,,,,,',
    'A-7,Taken contact,,,,,C-8,Ola,owner,,,,,,',
    'A-8,Same contact,,,,,C-8,Ola,owner,,,,,,',
    'A-9,Good too,,,,,,,,,,,,,',
  ];
  const bad = await desk(['import', file('bad.csv', `${HEADER}${rows.join('\n')}\n`)]);
  expect(bad.code).toBe(1);
  expect(await refs()).toEqual(['A-1', 'A-7', 'A-9']);
  expect(await column(fresh.database, "select name from account where ref = 'A-1'")).toEqual(['Good']);
  const lines = bad.err.trim().split('\n');
  for (const told of [
    /^line 3, language: .*pl-PL/,
    /^line 3, time_zone: .*Europe\/Warsaw/,
    /^line 4, name: is more than one line/,
    /^line 6, service_networks: bits are set beyond \/24/,
    /^line 6, service_networks: is no IP address/,
    /^line 7, ref: the account "A-1" is in the file before, on line 2/,
    /^line 8: has 2 cells where the header has 15/,
    /^line 9, contact_roles:/,
    /^line 9, contact_addresses: give the address alone/,
    /^line 10, ref:/,
    /^line 12, contact_ref: the contact "C-8" is in the file before, on line 11/,
  ])
    expect(
      lines.some(line => told.test(line)),
      `${told}\n${bad.err}`,
    ).toBe(true);
  expect(bad.out).toMatch(/3 {2}new[\s\S]*left out/);
});

test('a torn row takes its account along, because half of an account would take contacts away', async () => {
  await desk(['import', file('good.csv', GOOD)]);
  const torn = GOOD.replace('A-1,,,,,,C-2,Ola', 'A-1,C-2,Ola');
  const told = await desk(['import', file('torn.csv', torn)]);
  expect(told.code).toBe(1);
  expect(told.err).toMatch(/line 3: has 10 cells[\s\S]*line 2, ref: the account is left out/);
  expect(await column(fresh.database, 'select count(*)::int from contact')).toEqual([2]);
});

test('bad JSON is told with its line: one to a line goes on with the next, a list ends where it cannot be read', async () => {
  const lines = [
    '{"ref":"A-1","name":"A"}',
    '{"ref":"A-2","name":"B"',
    '{"ref":"A-3","nom":"C"}',
    '{"ref":"A-4","name":"D"}',
  ];
  const told = await desk(['import', file('bad.ndjson', lines.join('\n'))]);
  expect(told.code).toBe(1);
  expect(told.err).toMatch(/^line 2: is no JSON/m);
  expect(told.err).toMatch(/^line 3, name: /m);
  expect(await refs()).toEqual(['A-1', 'A-4']);
  const cut = await desk([
    'import',
    file('cut.json', '[{"ref":"A-1","name":"A"},\n{"ref":"A-5","name":"E"},'),
  ]);
  expect(cut).toMatchObject({
    code: 1,
    err: expect.stringMatching(/line 2: the file ends before the list does/),
  });
  const other = await desk(['import', file('other.json', '"A-1"')]);
  expect(other.err).toMatch(/line 1: neither a list of accounts/);
});

test.each([
  ['UTF-16', Buffer.from('\uFEFFref,name\nA-1,X\n', 'utf16le'), /UTF-16[\s\S]*iconv -f UTF-16 -t UTF-8/],
  ['UTF-16 without its mark', Buffer.from('ref,name\nA-1,X\n', 'utf16le'), /NUL bytes[\s\S]*UTF-16LE/],
  [
    'Windows-1250',
    Buffer.concat([
      Buffer.from('ref,name\nA-1,Sp'),
      Buffer.from([0xf3, 0xb3, 0x6b, 0xb9]),
      Buffer.from('\n'),
    ]),
    /line 2 is perhaps Windows-1250[\s\S]*iconv -f WINDOWS-1250/,
  ],
  [
    'ISO 8859-2',
    Buffer.concat([Buffer.from('ref,name\nA-1,'), Buffer.from([0xb1, 0xb6]), Buffer.from('\n')]),
    /ISO 8859-2/,
  ],
  [
    'two encodings',
    Buffer.concat([Buffer.from('ref,name\nA-1,Spółka\nA-2,'), Buffer.from([0x9c, 0xb9]), Buffer.from('\n')]),
    /mixes encodings: line 2 is UTF-8, line 3 is not/,
  ],
])('a file in %s is refused whole, with what to do', async (_name, bytes, told) => {
  const answer = await desk(['import', file('encoded.csv', bytes)]);
  expect(answer).toMatchObject({ code: 1, out: '', err: expect.stringMatching(told) });
  expect(await refs()).toEqual([]);
});

test('a header with strange, missing or doubled columns is refused with those there are', async () => {
  const told = await desk(['import', file('head.csv', 'ref,nazwa,ref\nA-1,X,A-1\n')]);
  expect(told).toMatchObject({
    code: 1,
    err: expect.stringMatching(/"nazwa" is none of the columns; "ref" is there twice; "name" is missing/),
  });
  expect(told.err).toContain('service_networks');
  expect((await desk(['import', file('empty.csv', '')])).err).toContain('The file is empty');
});

test('what the file does not name stays, unless that is asked for, said and confirmed', async () => {
  const path = file('good.csv', GOOD);
  await desk(['import', path]);
  const less = file('less.csv', GOOD.replace('A-3,Cleo,,,,,,,,,,,,,\n', ''));
  expect((await desk(['import', less])).out).toMatch(/1 {2}of the desk, not in the file/);
  expect(await refs()).toContain('A-3');
  expect(await desk(['import', less, '--remove-missing'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('--yes'),
  });
  expect(await desk(['import', less, '--remove-missing'], ['no'])).toMatchObject({ code: 1 });
  expect(await refs()).toContain('A-3');
  const broken = file('broken.csv', `${HEADER}A-1,Spółka,,xx_,,,,,,,,,,,\n`);
  expect((await desk(['import', broken, '--remove-missing', '--yes'])).err).toContain(
    'Nothing is taken away: the file has faults',
  );
  expect(await refs()).toEqual(['A-1', 'A-2', 'A-3']);
  expect((await desk(['import', less, '--remove-missing'], ['yes'])).out).toMatch(/1 {2}taken away/);
  expect(await refs()).toEqual(['A-1', 'A-2']);
});

test('progress is drawn where somebody watches, and nowhere else', async () => {
  const path = file('good.csv', GOOD);
  expect((await desk(['import', path], ['x'])).err).toMatch(/\r.*\[#+\] 100 %, 3 accounts/);
  expect((await desk(['import', path])).err).toBe('');
});

test('a wrong call says what is right', async () => {
  expect(await desk([])).toMatchObject({ code: 2, err: expect.stringContaining('import') });
  expect(await desk(['import'])).toMatchObject({ code: 2, err: expect.stringContaining('Name one file') });
  expect(await desk(['import', '/nowhere.csv'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no file'),
  });
  expect(await desk(['import', file('x.csv', GOOD), '--dry'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--dry-run'),
  });
  expect(await desk(['import', file('x.xlsx', 'PK')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('.csv'),
  });
  expect(await desk(['import', '--help'])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('--remove-missing'),
  });
});

test('memory does not grow with the file: 100 MB of one list, nearly all of it one account over and over', async () => {
  const path = join(directory, 'large.json');
  const name = 'x'.repeat(100);
  function* text(): Generator<string> {
    yield '[{"ref":"A-1","name":"Good"}';
    // The second half of each is blank: what is tested is that the file streams, not how fast the database is.
    for (let n = 0; n < 800; n += 1) yield `,{"ref":"A-1","name":"${name}"}\n${' '.repeat(125_000)}`;
    yield ']';
  }
  await pipeline(text(), createWriteStream(path));
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const told = await desk(['import', path, '--dry-run']);
  expect(told.code).toBe(1);
  expect(told.err.split('\n')).toHaveLength(801);
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(80);
}, 60_000);
