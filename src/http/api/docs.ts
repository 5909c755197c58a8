import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { createApi } from './index.ts';

type Document = ReturnType<ReturnType<typeof createApi>['getOpenAPI31Document']>;
type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What is read of a schema in the document. */
interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** What is read of a route in the document. */
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: { readonly content: Bodies };
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Bodies }>>;
}
type Bodies = Readonly<Record<string, { readonly schema?: Shape }>>;

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}section{border-top:1px solid #8888;padding-top:.5rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884}
h3 code{font-size:1rem}.method{text-transform:uppercase;font-weight:600}nav li{list-style:none}`;

/** The document as a page for people: one file, no script, nothing from elsewhere. */
export function docsPage(document: Document): { body: string; headers: Record<string, string> } {
  const operations = operationsOf(document);
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Shape>);
  const body = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${document.info.title} API</title><style>${raw(STYLE)}</style></head>
<body><h1>${document.info.title} API</h1>${paragraphs(document.info.description)}
<p>The same for programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<nav><ul>${operations.map(one => html`<li><a href="#${one.id}"><code><span class="method">${one.method}</span> ${one.path}</code></a> ${one.summary ?? ''}</li>`)}</ul></nav>
${operations.map(operation)}
<h2>Shapes</h2>${schemas.map(([name, shape]) => html`<section id="${name}"><h3>${name}</h3>${fields(shape)}</section>`)}
</body></html>`;
  return { body: String(body), headers: headersFor(STYLE) };
}

/** The page may show its own style, known by its hash, and nothing else (CSP 3 §2.3.1). */
function headersFor(style: string): Record<string, string> {
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

type Listed = Operation & { readonly id: string; readonly method: string; readonly path: string };

function operationsOf({ paths = {} }: Document): Listed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, one]) => ({
      ...one,
      method,
      path,
      id: `${method}-${path.replaceAll(/[^a-z0-9]+/gi, '-')}`,
    })),
  );
}

function operation({ id, method, path, summary, description, requestBody, responses = {} }: Listed): Html {
  const taken = Object.values(requestBody?.content ?? {})[0]?.schema;
  return html`<section id="${id}"><h3><code><span class="method">${method}</span> ${path}</code></h3><p>${summary ?? ''}</p>${paragraphs(description)}
${taken === undefined ? '' : html`<p>Takes ${nameOf(taken)}.</p>`}
<table><tr><th>Answer</th><th>When</th><th>Gives</th></tr>${Object.entries(responses).map(([status, one]) => {
    const given = Object.values(one.content ?? {})[0]?.schema;
    return html`<tr><td><code>${status}</code></td><td>${code(one.description ?? '')}</td><td>${given === undefined ? '' : nameOf(given)}</td></tr>`;
  })}</table></section>`;
}

function fields({ properties = {}, required = [] }: Shape): Html {
  return html`<table><tr><th>Field</th><th>Is</th><th>Says</th></tr>${Object.entries(properties).map(
    ([name, shape]) =>
      html`<tr><td><code>${name}</code>${required.includes(name) ? '' : ' (optional)'}</td><td>${nameOf(shape)}</td><td>${code(notes(shape))}</td></tr>`,
  )}</table>`;
}

function notes(shape: Shape): string {
  const of = shape.items ?? shape;
  return [
    shape.description ?? of.description,
    of.enum === undefined ? undefined : `One of: ${of.enum.join(', ')}.`,
    shape.default === undefined ? undefined : `Without it: ${String(shape.default)}.`,
    of.example === undefined ? undefined : `For example ${JSON.stringify(of.example)}.`,
    shape.maxItems === undefined ? undefined : `At most ${shape.maxItems}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function nameOf(shape: Shape): Html | string {
  const name = shape.$ref?.split('/').at(-1);
  if (name !== undefined) return html`<a href="#${name}">${name}</a>`;
  if (shape.items !== undefined) return html`list of ${nameOf(shape.items)}`;
  const [first] = shape.anyOf ?? shape.oneOf ?? [];
  if (first !== undefined) return nameOf(first);
  return [shape.type ?? 'value'].flat().join(' or ');
}

function paragraphs(text = ''): Html[] {
  return text
    .split('\n\n')
    .filter(Boolean)
    .map(part => html`<p>${code(part)}</p>`);
}

/** What stands in backticks. */
function code(text: string): (Html | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
