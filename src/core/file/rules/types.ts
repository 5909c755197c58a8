/** Types that can carry script: a pattern such as `image/*` never means them, the policy has to name them. */
const ACTIVE = new Set([
  'image/svg+xml',
  'text/html',
  'application/xhtml+xml',
  'application/xml',
  'text/xml',
]);

/** Whether the policy takes files of that type. Patterns are `image/png` or `image/*`. */
export function isAllowed(type: string, patterns: readonly string[]): boolean {
  if (patterns.includes(type)) return true;
  return !ACTIVE.has(type) && patterns.includes(`${type.split('/', 1)[0]}/*`);
}

/** More endings that fit a type, besides the one its detection names; the first is used where none fits. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'text/plain': [
    ...[
      'txt',
      'log',
      'csv',
      'tsv',
      'json',
      'jsonl',
      'ndjson',
      'yaml',
      'yml',
      'toml',
      'ini',
      'conf',
      'cfg',
      'env',
    ],
    ...[
      'md',
      'rst',
      'sql',
      'diff',
      'patch',
      'out',
      'err',
      'trace',
      'pem',
      'crt',
      'csr',
      'pub',
      'asc',
      'eml',
      'ics',
      'vcf',
    ],
  ],
  'text/html': ['html', 'htm'],
  'image/svg+xml': ['svg'],
  'application/xml': ['xml'],
  'application/octet-stream': ['bin'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic', 'heif'],
  'application/gzip': ['gz', 'tgz'],
  'application/x-cfb': ['doc', 'xls', 'ppt', 'msg'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/x-m4a': ['m4a'],
  'audio/mpeg': ['mp3', 'mpga'],
  'video/mp4': ['mp4', 'm4v'],
  'video/ogg': ['ogv', 'ogg'],
  'video/mpeg': ['mpg', 'mpeg'],
};

/** The endings that fit a type, the best first. `found`: what the detection names. */
export function endingsOf(type: string, found: string): readonly string[] {
  const more = ENDINGS[type] ?? [];
  return more.includes(found) ? more : [found, ...more];
}

/** The start of markup that a browser would run, after a byte order mark, spaces and comments. */
const MARKUP =
  /^\uFEFF?(?:\s|<!--[\s\S]*?-->)*<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?xml|!doctype\s+svg)\b/i;

/**
 * What a text is, from its beginning; undefined when it is no text: bytes that are no UTF-8 (or UTF-16 with its mark), or controls
 * that logs do not have. Tab, line ends, form feed and escape (colours) are fine.
 */
export function textType(head: Uint8Array): { readonly type: string; readonly ending: string } | undefined {
  const text = decode(head);
  if (text === undefined || hasControls(text)) return undefined;
  const tag = MARKUP.exec(text)?.[0].toLowerCase() ?? '';
  if (tag === '') return { type: 'text/plain', ending: 'txt' };
  if (/<svg$|svg$/.test(tag)) return { type: 'image/svg+xml', ending: 'svg' };
  if (tag.endsWith('?xml'))
    return /<svg\b/i.test(text)
      ? { type: 'image/svg+xml', ending: 'svg' }
      : { type: 'application/xml', ending: 'xml' };
  return { type: 'text/html', ending: 'html' };
}

/** Controls but tab, LF, form feed, CR and escape. */
function hasControls(text: string): boolean {
  return (text.match(/\p{Cc}/gu) ?? []).some(control => !'\t\n\f\r\x1b'.includes(control));
}

/** A cut last character is left out: at most three bytes. */
function decode(head: Uint8Array): string | undefined {
  const marked =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(marked, { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
}
