import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A value fit to keep, or what is wrong with what was given, for the people who send it. */
export type Reading = { readonly value: string } | { readonly fault: string };

/** A range wider than this holds the addresses of others: a /8 is the most that was ever given to one organisation, a /16 of IPv6 to none. */
const WIDEST = { 4: 8, 6: 16 } as const;

/**
 * An IP address, or a range as address/length (RFC 4632, RFC 4291 §2.3). The value is a range in its shortest writing: a host is /32 or /128, an IPv4
 * address inside of IPv6 is IPv4. Bits set beyond the length are refused: it is not known which of the two was meant.
 */
export function readNetwork(text: string): Reading {
  const given = text.trim();
  const [address = '', length, ...more] = given.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0 || address.includes('%')) return { fault: notAnAddress(given) };
  const bits = family === 4 ? 32 : 128;
  if (length === undefined) return { value: written(address, bits) };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits)
    return { fault: `the length behind the slash is a number from 0 to ${bits}` };
  return readRange(address, Number(length), family === 4 ? 4 : 6);
}

function readRange(address: string, length: number, family: 4 | 6): Reading {
  if (length < WIDEST[family])
    return { fault: `/${length} is too wide for one service: at least /${WIDEST[family]}` };
  const Family = family === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = Family.networkAddressFromCIDR(`${address}/${length}`).toString();
  if (first !== ipaddr.parse(address).toString()) {
    const [range, host] = [written(first, length), shown(written(address, family === 4 ? 32 : 128))];
    return {
      fault: `bits are set beyond /${length}: write ${range} for the range, or ${host} for the one address`,
    };
  }
  return { value: written(address, length) };
}

/** How a kept range is shown to people: a single address without its length. */
export function shown(network: string): string {
  return network.replace(/(?<=^[\d.]+)\/32$|(?<=:.*)\/128$/, '');
}

/** Whether two kept ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [ipaddr.parseCIDR(one), ipaddr.parseCIDR(other)];
  const [wide, narrow] = a[1] <= b[1] ? [a, b] : [b, a];
  return wide[0].kind() === narrow[0].kind() && narrow[0].match(wide[0], wide[1]);
}

/** Whether a kept range is no more than one server has: a single address, or of IPv6 one subnet, a /64 (RFC 4291 §2.5.1). */
export function isOneServers(network: string): boolean {
  const [address, length] = ipaddr.parseCIDR(network);
  return address.kind() === 'ipv6' ? length >= 64 : length === 32;
}

function written(address: string, length: number): string {
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6) {
    if (parsed.isIPv4MappedAddress() && length >= 96) return `${parsed.toIPv4Address()}/${length - 96}`;
    return `${parsed.toRFC5952String()}/${length}`;
  }
  return `${parsed}/${length}`;
}

function notAnAddress(given: string): string {
  if (/^[\d.]+\s*[-–]\s*[\d.]+$/.test(given))
    return 'write a range as address/length, such as 203.0.113.0/29';
  if (given.includes('%')) return 'an address with a zone (%) means something on one machine only';
  return 'is no IP address and no range; write 203.0.113.7, 2001:db8::7, 203.0.113.0/29 or 2001:db8::/64';
}
