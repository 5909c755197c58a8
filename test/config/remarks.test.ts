import { expect, test } from 'vitest';
import { remarksOnSuppliers } from '../../src/config/remarks.ts';

test('a supplier whose mail cannot come in is told of at the start, one whose mail can is not', () => {
  const sources = [
    { name: 'noc', kind: 'mail' },
    { name: 'prom', kind: 'alertmanager' },
  ];
  expect(remarksOnSuppliers(sources, true)).toEqual([]);
  expect(remarksOnSuppliers(sources, false)).toEqual([expect.stringContaining('The mail of "noc"')]);
});
