/** A text of Discord's dialect as a client shows it. */
export interface Rendered {
  readonly text: string;
  readonly html: string;
}

/** Names and times as the reader's client resolves them. */
export interface Names {
  user(id: string): string | undefined;
  role(id: string): string | undefined;
  channel(id: string): string | undefined;
  /** `style` is one of t T d D f F R; seconds since the epoch. */
  time(seconds: number, style: string): string;
}

/** The five characters of HTML that must not pass as they are. */
function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    one => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one] ?? one,
  );
}

const plain = (text: string): Rendered => ({ text, html: escapeHtml(text) });
const wrap = (tag: string, inner: Rendered): Rendered => ({
  text: inner.text,
  html: `<${tag}>${inner.html}</${tag}>`,
});
const join = (parts: readonly Rendered[]): Rendered => ({
  text: parts.map(one => one.text).join(''),
  html: parts.map(one => one.html).join(''),
});

interface Rule {
  readonly pattern: RegExp;
  readonly make: (hit: RegExpExecArray, names: Names) => Rendered;
}

const mention = (text: string): Rendered => ({
  text,
  html: `<span class="mention">${escapeHtml(text)}</span>`,
});

function link(url: string, label: Rendered): Rendered {
  return {
    text: label.text,
    html: `<a href="${escapeHtml(url)}" rel="noreferrer noopener" target="_blank">${label.html}</a>`,
  };
}

const group = (hit: RegExpExecArray, index: number): string => hit[index] ?? '';

const marks: readonly (readonly [RegExp, string])[] = [
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, 'strong'],
  [/^__([\s\S]+?)__(?!_)/, 'u'],
  [/^~~([\s\S]+?)~~/, 's'],
  [/^\|\|([\s\S]+?)\|\|/, 'details'],
  [/^\*(?=\S)((?:\*\*|[^*])*?[^\s*])\*(?!\*)/, 'em'],
  [/^_(?=\S)([\s\S]*?\S)_(?![A-Za-z0-9_])/, 'em'],
];

const rules: readonly Rule[] = [
  { pattern: /^\\([^\p{L}\p{N}\s])/u, make: hit => plain(group(hit, 1)) },
  {
    pattern: /^```(?:([\w+-]*)\n)?([\s\S]*?)```/,
    make: hit => ({ text: group(hit, 2), html: `<pre><code>${escapeHtml(group(hit, 2))}</code></pre>` }),
  },
  { pattern: /^``([\s\S]+?)``(?!`)/, make: hit => wrap('code', plain(group(hit, 1).trim())) },
  { pattern: /^`([^`]+)`/, make: hit => wrap('code', plain(group(hit, 1))) },
  {
    pattern: /^<@!?(\d+)>/,
    make: (hit, names) => mention(`@${names.user(group(hit, 1)) ?? 'unknown-user'}`),
  },
  { pattern: /^<@&(\d+)>/, make: (hit, names) => mention(`@${names.role(group(hit, 1)) ?? 'deleted-role'}`) },
  { pattern: /^<#(\d+)>/, make: (hit, names) => mention(`#${names.channel(group(hit, 1)) ?? 'unknown'}`) },
  { pattern: /^@(everyone|here)\b/, make: hit => mention(`@${group(hit, 1)}`) },
  {
    pattern: /^<t:(-?\d+)(?::([tTdDfFR]))?>/,
    make: (hit, names) => wrap('time', plain(names.time(Number(group(hit, 1)), hit[2] ?? 'f'))),
  },
  { pattern: /^<a?:(\w+):\d+>/, make: hit => plain(`:${group(hit, 1)}:`) },
  { pattern: /^<\/([^:>]+):\d+>/, make: hit => mention(`/${group(hit, 1)}`) },
  {
    pattern: /^\[([^\]\n]+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?:\s+"[^"]*")?\)/,
    make: (hit, names) => link(group(hit, 2), inline(group(hit, 1), names)),
  },
  { pattern: /^<(https?:\/\/[^\s<>]+)>/, make: hit => link(group(hit, 1), plain(group(hit, 1))) },
  { pattern: /^https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/, make: hit => link(group(hit, 0), plain(group(hit, 0))) },
  ...marks.map(
    ([pattern, tag]): Rule => ({ pattern, make: (hit, names) => wrap(tag, inline(group(hit, 1), names)) }),
  ),
];

const plainRun = /^[\p{L}\p{N} ,.;!?]+?(?=[^\p{L}\p{N} ,.;!?]|https?:|$)/u;

function inline(source: string, names: Names): Rendered {
  const parts: Rendered[] = [];
  let rest = source;
  while (rest) {
    let taken: { length: number; made: Rendered } | undefined;
    for (const rule of rules) {
      const hit = rule.pattern.exec(rest);
      if (!hit || hit[0].length === 0) continue;
      taken = { length: hit[0].length, made: rule.make(hit, names) };
      break;
    }
    const run = taken ? '' : (plainRun.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 32));
    parts.push(taken?.made ?? plain(run));
    rest = rest.slice(taken?.length ?? run.length);
  }
  return join(parts);
}

interface Line {
  readonly pattern: RegExp;
  readonly tag: string;
  readonly prefix?: (hit: RegExpExecArray) => string;
}

const lines: readonly Line[] = [
  { pattern: /^(#{1,3}) +(.+)$/, tag: 'h' },
  { pattern: /^(-#) +(.+)$/, tag: 'small' },
  { pattern: /^(>) +(.*)$/, tag: 'blockquote' },
  { pattern: /^(\s*[-*]) +(.+)$/, tag: 'li', prefix: () => '• ' },
  { pattern: /^(\s*\d+\.) +(.+)$/, tag: 'li', prefix: hit => `${group(hit, 1).trim()} ` },
];

function oneLine(source: string, names: Names): Rendered & { readonly block: boolean } {
  for (const line of lines) {
    const hit = line.pattern.exec(source);
    if (!hit) continue;
    const inner = inline(group(hit, 2), names);
    const tag = line.tag === 'h' ? `h${group(hit, 1).length}` : line.tag;
    const lead = line.prefix?.(hit) ?? '';
    return {
      text: `${lead}${inner.text}`,
      html:
        tag === 'li'
          ? `<div class="li">${escapeHtml(lead)}${inner.html}</div>`
          : `<${tag}>${inner.html}</${tag}>`,
      block: true,
    };
  }
  return { ...inline(source, names), block: false };
}

/** Text outside code blocks, line by line; emphasis may span lines where no line begins a block. */
function prose(source: string, names: Names): Rendered {
  const hasBlocks = source.split('\n').some(line => lines.some(one => one.pattern.test(line)));
  if (!hasBlocks) {
    const whole = inline(source, names);
    return { text: whole.text, html: whole.html.replace(/\n/g, '<br>') };
  }
  const made = source.split('\n').map(line => oneLine(line, names));
  const html = made
    .map((one, index) => one.html + (one.block || index === made.length - 1 ? '' : '<br>'))
    .join('');
  return { text: made.map(one => one.text).join('\n'), html };
}

/** Discord markdown as safe HTML and as plain text. Unclosed marks stay as they are. */
export function renderMarkdown(source: string, names: Names): Rendered {
  const long = /^>>> ([\s\S]*)$/.exec(source);
  if (long) return wrap('blockquote', renderMarkdown(group(long, 1), names));
  const parts: Rendered[] = [];
  let at = 0;
  for (const block of source.matchAll(/```(?:[\w+-]*\n)?[\s\S]*?```/g)) {
    parts.push(prose(source.slice(at, block.index), names), inline(block[0], names));
    at = block.index + block[0].length;
  }
  parts.push(prose(source.slice(at), names));
  return join(parts);
}

/** Several rendered pieces below each other. */
export function stack(parts: readonly Rendered[]): Rendered {
  const shown = parts.filter(one => one.text !== '' || one.html !== '');
  return {
    text: shown.map(one => one.text).join('\n'),
    html: shown.map(one => `<div>${one.html}</div>`).join(''),
  };
}
