import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { EVENT, PERSON } from '../../bench/intake/model.ts';
import { recordStatement } from '../../bench/intake/statement.ts';
import { fill, filled } from '../../bench/intake/submission.ts';
import { cpuMs } from '../../bench/kit/cpu.ts';
import { familyMb, residentMb } from '../../bench/kit/memory.ts';
import { judged } from '../../bench/kit/report.ts';
import { flatness, median, percentile } from '../../bench/kit/stats.ts';
import { leastMs } from '../../bench/kit/traffic.ts';

test('the numbers are what they are called', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
  expect(median([3, 1, 2])).toBe(2);
  expect(flatness([...Array<number>(90).fill(200), ...Array<number>(10).fill(150)])).toBe(0.75);
});

test('a bound is kept or missed on the right side', () => {
  expect(judged({ name: 'a', value: 100, below: 100 })).toContain('MISSED');
  expect(judged({ name: 'a', value: 3, atMost: 3 })).toContain('kept');
  expect(judged({ name: 'a', value: 0.49, atLeast: 0.5 })).toContain('MISSED');
});

test('the least time is that of the whole bot or of the fullest place, and what may go at once takes none', () => {
  const limits = { bot: { perSecond: 10, burst: 5 }, place: { perSecond: 1, burst: 3 } };
  expect(leastMs(84, 1, limits)).toBe(10_000); // 80 at 8/s after the 4 at once that are not kept for replies
  expect(leastMs(84, 23, limits)).toBe(20_000);
  expect(leastMs(4, 1, limits)).toBe(0);
});

test('each request of the load is another view of the person whose turn it is', () => {
  const submission = {
    secret: 's',
    parts: ['payload=', '-', '-', '.'],
    gaps: ['view', 'user', 'view'],
  } as const;
  expect(fill(submission, 'V1', 'U1')).toBe('payload=V1-U1-V1.');
});

test('a form is filled where it must be and left alone elsewhere', () => {
  const field = { id: 'a', label: '', hint: '', options: [], value: '', required: true, placeholder: '' };
  const fields = [
    { ...field, kind: 'text' as const },
    { ...field, id: 'b', kind: 'text' as const, value: 'given' },
    { ...field, id: 'c', kind: 'select' as const, options: [{ value: 'x', label: 'X' }] },
    { ...field, id: 'd', kind: 'text' as const, required: false },
  ];
  const modal = { id: '', title: '', text: '', fields, close: '' };
  expect(filled(modal)).toEqual({ a: expect.stringMatching(/./), c: 'x' });
});

test('the floor runs the statement of the desk, with a gap for the event and one for the person', async () => {
  const { strings, values } = await recordStatement('desk.yaml');
  expect(strings.join('?')).toMatch(/insert into receipt.*insert into ticket.*insert into delivery/s);
  const given = values.join(' ');
  for (const gap of [EVENT, PERSON]) expect(given.split(gap), gap).toHaveLength(2);
});

test.skipIf(process.platform !== 'linux')(
  'memory and processor time are read from a process and its children (skipped where there is no /proc)',
  async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("up");setInterval(() => 0, 1000)']);
    await once(child.stdout, 'data');
    const family = familyMb(process.pid);
    expect(residentMb(child.pid ?? 0)).toBeGreaterThan(10);
    expect(family.processes).toBeGreaterThanOrEqual(1);
    expect(family.mb).toBeGreaterThan(5);
    expect(cpuMs(process.pid)).toBeGreaterThanOrEqual(cpuMs(child.pid ?? 0));
    child.kill();
    await once(child, 'exit');
  },
);

test('an unknown bench is told how to call one', async () => {
  const child = spawn(process.execPath, ['bench/index.ts', 'nothing']);
  let said = '';
  child.stderr.on('data', text => {
    said += text;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(2);
  expect(said).toContain('npm run bench -- intake|footprint');
});
