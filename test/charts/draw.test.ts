import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrawChart } from '../../src/charts/index.ts';
import { bars, heat, sizeOfPng } from './kit.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'switchdesk-charts-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A painter of the test's own. */
async function painter(name: string, code: string): Promise<string> {
  const path = join(directory, `${name}.mjs`);
  await writeFile(path, code);
  return path;
}

describe('a picture is drawn', () => {
  it('as PNG, wide enough for a phone and not larger than a platform takes', async () => {
    const draw = createDrawChart();
    const [first, second] = await Promise.all([draw(bars), draw(heat)]);
    for (const png of [first, second]) {
      expect(sizeOfPng(png).width).toBe(1080);
      expect(png.length).toBeLessThan(300_000);
    }
    expect(sizeOfPng(first).height).not.toBe(sizeOfPng(second).height);
  });

  it('in a process that is told nothing of the desk: no environment, no secret', async () => {
    process.env.DESK_TEST_SECRET = 'a token of the desk';
    const path = await painter(
      'tells',
      `process.stdout.write(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from(JSON.stringify(process.env))]))`,
    );
    const told = Buffer.from(await createDrawChart(path)(bars)).toString('latin1');
    delete process.env.DESK_TEST_SECRET;
    expect(told).not.toContain('DESK_TEST_SECRET');
    expect(told).toContain('{');
  });

  it('one after the other', async () => {
    const path = await painter(
      'alone',
      `import { openSync, rmSync } from 'node:fs';
       const lock = ${JSON.stringify(join(directory, 'lock'))};
       openSync(lock, 'wx');
       process.stdout.write(Buffer.from([0x89, 0x50, 0x4e, 0x47]), () => rmSync(lock));`,
    );
    const draw = createDrawChart(path);
    const three = [bars, heat, { ...bars, title: 'Another' }].map(draw);
    await expect(Promise.all(three)).resolves.toHaveLength(3);
  });

  it('once for all who want the same', async () => {
    const path = await painter(
      'counts',
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(join(directory, 'count'))}, '.');
       process.stdout.write(Buffer.from([0x89, 0x50, 0x4e, 0x47]));`,
    );
    const draw = createDrawChart(path);
    await Promise.all([draw(bars), draw({ ...bars }), draw(heat)]);
    await draw(bars);
    expect(await readFile(join(directory, 'count'), 'utf8')).toBe('..');
    for (let other = 0; other < 4; other++) await draw({ ...bars, note: String(other) });
    await draw(bars);
    expect(await readFile(join(directory, 'count'), 'utf8')).toBe('.......');
  });
});

describe('a picture that cannot be drawn', () => {
  it('says why, and the next one is drawn', async () => {
    const path = await painter(
      'moody',
      `import { json } from 'node:stream/consumers';
       const { name } = await json(process.stdin);
       if (name === 'load') throw new Error('no ink');
       process.stdout.write(Buffer.from([0x89, 0x50, 0x4e, 0x47]));`,
    );
    const draw = createDrawChart(path);
    const failed = draw(bars);
    const next = draw(heat);
    await expect(failed).rejects.toThrow(/not drawn \(1\).*no ink/s);
    await expect(next).resolves.toHaveLength(4);
    await expect(draw(bars)).rejects.toThrow(/no ink/);
  });

  it('ends in time when the painter does not', async () => {
    const path = await painter('asleep', 'setInterval(() => undefined, 1000);');
    await expect(createDrawChart(path, 300)(bars)).rejects.toThrow(/SIGKILL/);
  });

  it('is no picture when what came is none, or is too large', async () => {
    const words = await painter('words', `process.stdout.write('I would rather write');`);
    await expect(createDrawChart(words)(bars)).rejects.toThrow(/not drawn/);
    const flood = await painter('flood', 'process.stdout.write(Buffer.alloc(5 * 1024 * 1024, 0x89));');
    await expect(createDrawChart(flood)(bars)).rejects.toThrow(/not drawn/);
  });
});
