import { isIP } from 'node:net';

/** Bits of an address, by its version. */
const BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** The proxies that say for whom they ask: addresses and ranges, or all that is wrong with them. */
export function readProxies(given: string | undefined): {
  readonly ranges: readonly string[];
  readonly faults: readonly string[];
} {
  const ranges = (given ?? '').split(/[\s,]+/).filter(one => one !== '');
  return { ranges, faults: ranges.flatMap(faultsOf) };
}

function faultsOf(range: string): string[] {
  const [address = '', bits, ...more] = range.split('/');
  const most = BITS[isIP(address)];
  const named = `TRUSTED_PROXIES names ${range.slice(0, 80)}`;
  if (most === undefined || address.includes('%') || more.length > 0)
    return [`${named}, which is no address: write 10.0.0.5, 10.0.0.0/24 or fd00::/64, not a name or a port.`];
  if (bits === undefined) return [];
  if (/^0+$/.test(bits))
    return [
      `${named}, which is everybody: anyone could say that they ask for another. Name your proxies only.`,
    ];
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most
    ? []
    : [`${named}: after the slash stands a number from 1 to ${most}.`];
}
