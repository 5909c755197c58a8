import { expect, test } from 'vitest';
import { readProxies } from '../../src/config/proxies.ts';
import { readConfig } from '../../src/config.ts';
import { createAddressOf } from '../../src/http/fronts.ts';

const asked = (proxies: string[], from: string, said?: string | string[]): string =>
  createAddressOf(proxies)({
    socket: { remoteAddress: from } as never,
    headers: said === undefined ? {} : { 'x-forwarded-for': said as string },
  });

test.each([
  ['nobody else is believed', [], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['this machine is', [], '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['this machine is, by IPv6', [], '::1', '2001:db8::1', '2001:db8::1'],
  ['this machine is, by IPv4 in IPv6', [], '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['what the asker put in first is not', [], '127.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
  ['a named address', ['10.0.0.5'], '10.0.0.5', '198.51.100.1', '198.51.100.1'],
  ['its neighbour is not', ['10.0.0.5'], '10.0.0.6', '198.51.100.1', '10.0.0.6'],
  ['a range', ['10.1.0.0/16'], '::ffff:10.1.255.1', '198.51.100.1', '198.51.100.1'],
  ['outside of it', ['10.1.0.0/16'], '10.2.0.1', '198.51.100.1', '10.2.0.1'],
  ['a range of IPv6', ['fd00::/64'], 'fd00::1:2', '2001:db8::1', '2001:db8::1'],
  ['one behind another', ['10.0.0.5'], '127.0.0.1', '192.0.2.66, 198.51.100.1, 10.0.0.5', '198.51.100.1'],
  ['with a port', ['10.0.0.5'], '10.0.0.5', '198.51.100.1:4711', '198.51.100.1'],
  ['with brackets and a port', ['10.0.0.5'], '10.0.0.5', '[2001:db8::1]:4711', '2001:db8::1'],
  ['what is no address says nothing', ['10.0.0.5'], '10.0.0.5', '198.51.100.1, unknown', '10.0.0.5'],
  ['nothing said', ['10.0.0.5'], '10.0.0.5', undefined, '10.0.0.5'],
] as const)('%s', (_, proxies, from, said, expected) => {
  expect(asked([...proxies], from, said)).toBe(expected);
});

test('several headers count as one', () => {
  expect(asked([], '127.0.0.1', ['192.0.2.66', '198.51.100.1'])).toBe('198.51.100.1');
});

test('addresses and ranges are read; anything else is refused with what to write', () => {
  expect(readProxies(undefined)).toEqual({ ranges: [], faults: [] });
  expect(readProxies('10.0.0.5, 10.1.0.0/16 fd00::/64')).toEqual({
    ranges: ['10.0.0.5', '10.1.0.0/16', 'fd00::/64'],
    faults: [],
  });
  for (const [wrong, why] of [
    ['proxy.internal', 'not a name'],
    ['10.0.0.5:8080', 'a port'],
    ['10.0.0', 'no address'],
    ['fe80::1%eth0', 'no address'],
    ['10.0.0.0/8/8', 'no address'],
    ['10.0.0.0/33', 'from 1 to 32'],
    ['fd00::/129', 'from 1 to 128'],
    ['10.0.0.0/', 'from 1 to 32'],
    ['0.0.0.0/0', 'everybody'],
    ['::/0', 'everybody'],
    ['10.0.0.0/-1', 'from 1 to 32'],
  ] as const)
    expect(readProxies(wrong).faults, wrong).toEqual([expect.stringContaining(why)]);
});

test('a desk with a wrong one does not start', () => {
  const result = readConfig({ TRUSTED_PROXIES: 'all' });
  expect(result.ok ? [] : result.faults).toContainEqual(expect.stringContaining('TRUSTED_PROXIES names all'));
});
