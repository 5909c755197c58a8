/** What the page's own storage keeps: the visitor's secret, and what was written and is not safe at the desk yet. */

/** Something written that the desk has not taken yet. */
export interface Unsent {
  readonly key: string;
  readonly text: string;
  readonly files: readonly { readonly id: string; readonly name: string }[];
  readonly at: number;
  /** Of whom it is, by `whoOf`: what one has written is neither shown to nor sent as another. */
  readonly who: string;
  /** Until then, in ms of the epoch, a window brings the files that go with it, and sends it itself. */
  readonly heldUntil?: number;
  /** Names of the files that are not here yet. */
  readonly coming?: readonly string[];
}

const PREFIX = 'switchdesk:';
const spare = new Map<string, string>();

/** Where storage is forbidden, it lasts as long as the page. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return spare.get(name);
  }
}

export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    if (value === undefined) spare.delete(name);
    else spare.set(name, value);
  }
}

/** Who writes: the visitor of this browser, or the customer that a token of the site names, as a mark that says nothing of them. */
export function whoOf(token: string | undefined): string {
  if (token === undefined) return 'visitor';
  let sub: unknown;
  try {
    const claims = atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));
    sub = (JSON.parse(claims) as { readonly sub?: unknown }).sub;
  } catch {
    // No token that anybody can read: it is of nobody else.
  }
  // FNV-1a of 64 bits: enough to tell apart who shares a browser, and at once, where `crypto.subtle` is a promise and TLS alone has it.
  let mark = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(typeof sub === 'string' ? `sub:${sub}` : `token:${token}`))
    mark = ((mark ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return mark.toString(36);
}

/** One entry for each, so that two windows never write over each other. */
export function keepUnsent(one: Unsent): void {
  remember(`out:${one.key}`, JSON.stringify(one));
}

export function forgetUnsent(key: string): void {
  remember(`out:${key}`, undefined);
}

/** All that is not safe yet, oldest first. What is older than a day is given up: who wrote it has gone. */
export function allUnsent(who: string): Unsent[] {
  const found: Unsent[] = [];
  let names: string[] = [];
  try {
    names = Object.keys(localStorage).filter(name => name.startsWith(`${PREFIX}out:`));
  } catch {
    names = [...spare.keys()].filter(name => name.startsWith('out:')).map(name => PREFIX + name);
  }
  for (const name of names) {
    try {
      const one = JSON.parse(recall(name.slice(PREFIX.length)) ?? '') as Unsent;
      if (Date.now() - one.at > 86_400_000) forgetUnsent(one.key);
      else if (one.who === who) found.push(one);
    } catch {
      remember(name.slice(PREFIX.length), undefined);
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Another window of the same browser has begun a chat, or ended one. */
export function onSecret(tell: () => void): void {
  addEventListener('storage', event => {
    if (event.key === `${PREFIX}secret`) tell();
  });
}
