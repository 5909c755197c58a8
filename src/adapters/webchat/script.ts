/** The bubble as one script: its parts in `bubble/`, without their types, put one behind the other. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** In this order: what comes later uses what came before. */
const PARTS = ['dom', 'style', 'store', 'work', 'line', 'form', 'files', 'panel', 'wire', 'main'] as const;

interface Built {
  readonly etag: string;
  readonly bodies: Readonly<Record<'br' | 'gzip' | 'identity', Uint8Array<ArrayBuffer>>>;
}

let built: Built | undefined;

/** The source as browsers get it: no module, so that one `<script async>` is all that a page needs. */
export function bubbleSource(): string {
  const parts = PARTS.map(name => {
    const source = readFileSync(new URL(`./bubble/${name}.ts`, import.meta.url), 'utf8');
    return stripTypeScriptTypes(source)
      .replace(/^import [^;]*;$/gm, '')
      .replace(/^export /gm, '')
      .replace(/^\s*(?:\/\*\*?[\s\S]*?\*\/|\/\/.*)\s*$/gm, '')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{2,}/g, '\n');
  });
  return `(()=>{'use strict';\n${parts.join('\n')}})();\n`;
}

function build(): Built {
  const source = Buffer.from(bubbleSource());
  return {
    etag: `"${createHash('sha256').update(source).digest('base64url').slice(0, 22)}"`,
    bodies: {
      br: Uint8Array.from(brotliCompressSync(source)),
      gzip: Uint8Array.from(gzipSync(source)),
      identity: Uint8Array.from(source),
    },
  };
}

/** Answers for `/chat.js`. Made once, when it is first asked for. */
export function script(request: Request): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
  built ??= build();
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding =
    (['br', 'gzip'] as const).find(one => new RegExp(`\\b${one}\\b`).test(accepted)) ?? 'identity';
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
    etag: built.etag,
  };
  if (request.headers.get('if-none-match') === built.etag)
    return new Response(null, { status: 304, headers });
  return new Response(request.method === 'HEAD' ? null : built.bodies[encoding], {
    headers: { ...headers, ...(encoding !== 'identity' && { 'content-encoding': encoding }) },
  });
}
