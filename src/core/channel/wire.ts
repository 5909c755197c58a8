/** What failed on the wire, told the same way by every adapter: pure, and never with a URL, a token or anybody's words. */

/** The causes that are looked through, at most. */
const DEPTH = 8;
/** Codes of Node, undici and OpenSSL look like this; an SDK's own (`slack_webapi_…`) and numbers do not. */
const CODE = /^[A-Z][A-Z0-9_]+$/;

/**
 * Errors from before the connection stood: Node's "Common system errors", undici's connect timeout, and all that TLS says of a
 * certificate (Node: TLS, "X509 certificate error codes").
 */
const NEVER_SENT =
  /^(?:ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|\w*CERT\w*|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT\w*)$/;
/** Steps of the system before anything is written. */
const BEFORE_WRITING: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** The first code of the system, undici or TLS in an error, however deep it lies; `undefined` when there is none. */
export function wireCode(error: unknown): string | undefined {
  for (const one of causes(error)) {
    const code = Reflect.get(one, 'code');
    if (typeof code === 'string' && CODE.test(code)) return code;
  }
  return undefined;
}

/** True when the request cannot have reached the platform: its name was not found, or no connection came about. */
export function isNeverSent(error: unknown): boolean {
  if (NEVER_SENT.test(wireCode(error) ?? '')) return true;
  return causes(error).some(one => BEFORE_WRITING.has(Reflect.get(one, 'syscall')));
}

/** An error in a few words for logs and receipts: its name and its code. Never its message: that can hold a URL with a token. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return [error.name, wireCode(error)].filter(Boolean).join(': ').slice(0, 200);
}

/** The wait after this many failures in a row (from 1), doubling from the first to the longest; all milliseconds. */
export function backoff(failures: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30));
}

/** The error and what it was made from: SDKs wrap under `cause`, grammY under `error`, Bolt under `original`. */
function causes(error: unknown): Error[] {
  const found: Error[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && found.length < DEPTH) {
    const at = waiting.shift();
    if (!(at instanceof Error) || found.includes(at)) continue;
    found.push(at);
    waiting.push(at.cause, Reflect.get(at, 'error'), Reflect.get(at, 'original'));
    if (at instanceof AggregateError) waiting.push(...at.errors);
  }
  return found;
}
