import { Readable } from 'node:stream';
import type { OpenedFile } from '../core/index.ts';
import { problem } from './problem.ts';

/** Gives out a file by its link. Whatever is wrong with a token, the answer is the same 404. */
export async function giveFile(
  request: Request,
  token: string,
  open: (token: string) => Promise<OpenedFile | undefined>,
): Promise<Response> {
  const file = token.length > 100 ? undefined : await open(token);
  const bytes = request.method === 'HEAD' ? [] : await file?.bytes();
  if (file === undefined || bytes === undefined) return problem(404, 'Not found');
  return new Response(Readable.toWeb(Readable.from(bytes)) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': file.type,
      'content-length': String(file.size),
      'content-disposition': disposition(file.name),
      // A browser saves it, and never shows or runs it as a page of ours.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
  });
}

/** RFC 6266: a plain name for old readers, and the real one in UTF-8. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w .()+-]/g, '_');
  const real = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}
