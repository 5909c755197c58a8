import { expect } from 'vitest';
import type { Desk } from '../../src/core/index.ts';
import { serve } from './serve.ts';

/** The pages of a desk on a port of their own. */
export interface StatusSite {
  readonly url: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  text(path: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  close(): Promise<void>;
}

/** Serves what everybody may see. */
export async function serveStatus(
  status: Desk['status'],
  publicUrl?: string,
  subscribe?: Desk['subscribe'],
): Promise<StatusSite> {
  const { url, close } = await serve({ status, publicUrl, subscribe });
  const get: StatusSite['get'] = (path, headers = {}) => fetch(url + path, { headers });
  return {
    url,
    get,
    async text(path, headers) {
      const response = await get(path, headers);
      expect(response.status).toBe(200);
      return response.text();
    },
    close,
  };
}

/** Elements that HTML never ends. */
const VOID = new Set(['meta', 'link', 'br', 'input', '!doctype']);

/** The names of all elements, in order. Throws where they are not nested as XML, or a text has what must be escaped. */
export function elementsOf(source: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  const isHtml = source.startsWith('<!doctype html>');
  const styleless = source.replace(/<style>[^<]*<\/style>/, '');
  for (const [, end, name = '', attributes = '', own, text = ''] of styleless.matchAll(
    /<(\/)?([!?\w:]+)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*([/?])?>([^<]*)/g,
  )) {
    const bad = /&(?!(?:amp|lt|gt|quot|#39);)/.exec(attributes + text);
    if (bad !== null || text.includes('>')) throw new Error(`not escaped: ${text}`);
    if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> ends nothing`);
      continue;
    }
    names.push(name);
    if (own === undefined && !(isHtml && VOID.has(name))) open.push(name);
  }
  if (open.length > 0) throw new Error(`open at the end: ${open.join(', ')}`);
  const seen = [...styleless.matchAll(/</g)].length;
  const known = [...styleless.matchAll(/<(\/)?([!?\w:]+)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*([/?])?>/g)].length;
  if (seen !== known) throw new Error('something that is no element');
  return names;
}
