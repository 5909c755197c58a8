const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 (§2.2) has no way to write, and HTML no use for. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** HTML or XML that is safe as it is: made by `markup` only. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Part = string | number | Markup | undefined | readonly (Markup | undefined)[];

/** HTML or XML with what is put into it: texts are escaped, also within attributes in quotes; undefined is nothing. */
export function markup(source: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    source.map((piece, index) => `${piece}${index < parts.length ? sourceOf(parts[index]) : ''}`).join(''),
  );
}

function sourceOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.source;
  if (typeof part === 'object') return part.map(sourceOf).join('');
  return String(part)
    .replace(UNWRITABLE, '')
    .replace(/[&<>"']/g, sign => SIGNS[sign] ?? '');
}
