import type { IncomingMessage } from 'node:http';
import type { HonoRequest } from 'hono';
import { mailSchema } from '../../core/index.ts';
import { readBody } from '../body.ts';
import { problem } from '../problem.ts';
import { HTML, languageFor, partsFor, type StatusParts, unknown } from './answer.ts';
import { askedPage } from './page.ts';

/** Longest body, in bytes: one address as a form. */
const BODY_LIMIT = 2_000;

/** Somebody asks for mails. What is answered says nothing of the address: not whether it is subscribed, nor whether a mail went. */
export async function takeAddress(
  incoming: IncomingMessage,
  request: HonoRequest,
  parts: StatusParts,
): Promise<Response> {
  const { api, subscribe, publicUrl } = parts;
  const { locale, chosen } = languageFor(parts, request, true);
  const status = await api.current();
  if (subscribe === undefined) return problem(404, 'Not found');
  if (status === undefined) return unknown(parts, locale, true);
  const body = await readBody(incoming, BODY_LIMIT);
  if (body === undefined) return problem(413, 'Content too large', { connection: 'close' });
  const address = mailSchema.safeParse(new URLSearchParams(body).get('address') ?? '');
  const { sent, wrong } = api.labels(locale).subscribe;
  const page = (words: string, code: 200 | 400): Response =>
    new Response(askedPage(partsFor(parts, { status, locale, chosen, base: publicUrl ?? '' }), words), {
      status: code,
      headers: { ...HTML, 'cache-control': 'no-store' },
    });
  if (!address.success) return page(wrong, 400);
  try {
    await subscribe(address.data, locale);
  } catch {
    return unknown(parts, locale, true);
  }
  return page(sent, 200);
}
