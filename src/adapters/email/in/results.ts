import { domainToASCII } from 'node:url';
import { firstOf, type HeaderLine } from './headers.ts';

/** The domain of an address as DNS has it. */
export function domainIn(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)).toLowerCase();
}

/**
 * What one's own server found out about a mail: true for an aligned pass of DMARC for the domain that it is from. Only the topmost
 * `Authentication-Results` counts, and only with the server's own name (RFC 8601 §5): whatever stands below may have come with the mail.
 * What anybody can write into a comment or a quoted string counts for nothing.
 */
export function passedAtServer(lines: readonly HeaderLine[], authservId: string, from: string): boolean {
  const value = firstOf(lines, 'authentication-results');
  if (value === undefined) return false;
  const [server = '', ...results] = withoutComments(value).split(';');
  // The name may be followed by a version (§2.2).
  if (server.trim().split(/\s+/, 1)[0]?.toLowerCase() !== authservId.toLowerCase()) return false;
  const dmarc = results.map(one => one.trim()).filter(one => /^dmarc\s*=/i.test(one));
  const [only] = dmarc;
  if (only === undefined || dmarc.length > 1) return false;
  const domain = /\sheader\.from\s*=\s*([^\s;"]+)/i.exec(only)?.[1];
  return (
    /^dmarc\s*=\s*pass(?:\s|$)/i.test(only) &&
    domain !== undefined &&
    domainIn(`@${domain}`) === domainIn(from)
  );
}

/** Comments may be nested, and hold quoted pairs (RFC 5322 §3.2.2). What is quoted is no result: it becomes nothing. */
function withoutComments(value: string): string {
  let [depth, quoted, kept] = [0, false, ''];
  for (let at = 0; at < value.length; at++) {
    const sign = value[at];
    if (sign === '\\') at += 1;
    else if (sign === '"' && depth === 0) quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += sign;
  }
  return kept;
}
