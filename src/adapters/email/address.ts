/** Mail addresses, and the places made of them. */
import { domainToASCII } from 'node:url';
import type { Address } from '../../core/index.ts';

/**
 * RFC 5322 §3.2.3 dot-atom, and with RFC 6531 any letter outside of ASCII. Quoted local parts are legal and refused: nearly nobody has one,
 * and they are where injections live.
 */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~\-\u0080-\u{10ffff}]+(?:\.[\w!#$%&'*+/=?^`{|}~\-\u0080-\u{10ffff}]+)*$/u;
const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
/** Node would take a path or a port after a domain for its end, and drop it. */
const NAME = /^[\p{L}\p{N}\p{M}.-]+$/u;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Octets of a local part (RFC 5321 §4.5.3.1.1). */
const MAX_LOCAL = 64;
/** A place's address has 255 characters (port), and the thread needs 35 of them; longer mail addresses are legal (254) and not in use. */
const MAX_ADDRESS = 220;

/** A mail address with its domain as DNS has it (RFC 5890), or undefined when it is none that can be written to. */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1));
  const legal =
    at > 0 &&
    !UNSEEN.test(text) &&
    NAME.test(text.slice(at + 1)) &&
    LOCAL.test(local) &&
    Buffer.byteLength(local) <= MAX_LOCAL &&
    DOMAIN.test(domain) &&
    domain.length <= 253;
  const address = `${local}@${domain}`;
  return legal && address.length <= MAX_ADDRESS ? address : undefined;
}

/** The domain of a mail address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Where in mail: an address, or a conversation with it. */
export interface Spot {
  readonly mail: string;
  /** The left part of the Message-ID of the conversation's first mail. */
  readonly root?: string;
}

const ROOT = /^d\d{1,19}\.[\da-z]{1,11}$/;

/** Reads a place's address: `ana@example.com`, or `ana@example.com/d12.mb3k…` for a conversation; undefined when it is none of ours. */
export function spotOf(address: Address): Spot | undefined {
  // No domain has a slash.
  const slash = address.indexOf('/', address.lastIndexOf('@'));
  const mail = mailAddress(slash < 0 ? address : address.slice(0, slash));
  if (mail === undefined) return undefined;
  if (slash < 0) return { mail };
  const root = address.slice(slash + 1);
  return ROOT.test(root) ? { mail, root } : undefined;
}

/** The address of a conversation. */
export function addressOf({ mail, root }: Spot): Address {
  return root === undefined ? mail : `${mail}/${root}`;
}

/**
 * The left part of a delivery's Message-ID. The time in it keeps it unique in all the world when a desk begins anew and counts from 1: a
 * mailbox would hide a mail whose id it has seen.
 */
export function leftOf(id: string, at: Date): string {
  return `d${id}.${at.getTime().toString(36)}`;
}
