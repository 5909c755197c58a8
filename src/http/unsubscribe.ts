import { problem } from './problem.ts';

/** Longest body of a one-click request, in bytes: its one field as a form, in either of the two encodings. */
const BODY_LIMIT = 2_000;

/**
 * One click of a mail program on "unsubscribe" (RFC 8058 §3.2): a POST with one field, from a machine without cookies, maybe more than
 * once. Whatever is wrong with a token, the answer is the same 404; a look (GET) changes nothing, since scanners of mail open every link.
 */
export async function unsubscribe(
  request: Request,
  token: string,
  stop: (token: string) => Promise<boolean>,
): Promise<Response> {
  const body = await bodyOf(request);
  if (body === undefined) return problem(413, 'Content too large', { connection: 'close' });
  if (!isOneClick(body)) return problem(400, 'The body must be List-Unsubscribe=One-Click');
  if (token.length > 300 || !(await stop(token))) return problem(404, 'Not found');
  return new Response('You get no more of these messages.\n', {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}

async function bodyOf(request: Request): Promise<string | undefined> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > BODY_LIMIT) return undefined;
  let text = '';
  for await (const chunk of request.body ?? []) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > BODY_LIMIT) return undefined;
  }
  return text;
}

/** As `application/x-www-form-urlencoded` or `multipart/form-data`. */
function isOneClick(body: string): boolean {
  if (new URLSearchParams(body).get('List-Unsubscribe') === 'One-Click') return true;
  return /name="?List-Unsubscribe"?\r\n(?:[^\r\n]+\r\n)*\r\nOne-Click\r\n/i.test(body);
}
