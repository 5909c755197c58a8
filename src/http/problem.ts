/** One fault of a request: a JSON pointer (RFC 6901) to it, as a fragment, and what to do. */
export interface Pointed {
  readonly pointer: string;
  readonly detail: string;
}

/** An error as RFC 9457 writes it, with each fault in `errors`. Says what the caller may know and nothing of what happened inside. */
export function problem(
  status: number,
  title: string,
  headers: Readonly<Record<string, string>> = {},
  errors?: readonly Pointed[],
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, errors }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

/** The pointer to a place in a body: `['contacts', 0, 'ref']` is `#/contacts/0/ref`. */
export function pointerTo(path: readonly PropertyKey[]): string {
  const parts = path.map(part =>
    encodeURIComponent(String(part).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  return `#${parts.map(part => `/${part}`).join('')}`;
}
