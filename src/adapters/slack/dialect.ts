/** What Slack's composer makes (`rich_text`), read into parts. markdown.ts writes them as CommonMark; the way out is render.ts. */
import { z } from 'zod';

/** How a person is called, where that is known. */
export type NameOf = (userId: string) => string | undefined;

/** A stretch of text in one style. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly code?: boolean;
  readonly url?: string;
}

/** One block of a message. */
export type Part =
  | { readonly kind: 'text' | 'quote'; readonly runs: readonly Run[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly indent: number;
      readonly start: number;
      readonly items: readonly (readonly Run[])[];
    };

const styleSchema = z
  .object({ bold: z.boolean().optional(), italic: z.boolean().optional(), code: z.boolean().optional() })
  .optional();
const leafSchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  user_id: z.string().optional(),
  channel_id: z.string().optional(),
  name: z.string().optional(),
  unicode: z.string().optional(),
  range: z.string().optional(),
  fallback: z.string().optional(),
  value: z.string().optional(),
  style: styleSchema,
});
type Leaf = z.infer<typeof leafSchema>;
const pieceSchema = z.object({
  type: z.string(),
  elements: z.array(z.unknown()),
  style: z.unknown().optional(),
  indent: z.number().optional(),
  offset: z.number().optional(),
});
const blockSchema = z.object({ type: z.literal('rich_text'), elements: z.array(pieceSchema) });

/** Only a message of rich_text blocks alone is read this way; anything else (an app's blocks) has its meaning in `text`. */
export function readRichText(blocks: unknown, nameOf: NameOf): Part[] | undefined {
  const parsed = z.array(blockSchema).min(1).safeParse(blocks);
  if (!parsed.success) return undefined;
  return parsed.data.flatMap(block => block.elements.map(piece => part(piece, nameOf)));
}

function part(piece: z.infer<typeof pieceSchema>, nameOf: NameOf): Part {
  if (piece.type === 'rich_text_list') {
    return {
      kind: 'list',
      ordered: piece.style === 'ordered',
      indent: Math.min(Math.max(Math.trunc(piece.indent ?? 0), 0), 8),
      start: Math.max(Math.trunc(piece.offset ?? 0), 0) + 1,
      items: piece.elements.map(item => {
        const inner = pieceSchema.safeParse(item);
        return inner.success ? runs(inner.data.elements, nameOf) : [];
      }),
    };
  }
  const content = runs(piece.elements, nameOf);
  if (piece.type === 'rich_text_preformatted')
    return { kind: 'code', text: content.map(r => r.url ?? r.text).join('') };
  return { kind: piece.type === 'rich_text_quote' ? 'quote' : 'text', runs: content };
}

function runs(elements: readonly unknown[], nameOf: NameOf): Run[] {
  return elements.flatMap(element => {
    const leaf = leafSchema.safeParse(element);
    return leaf.success ? [run(leaf.data, nameOf)] : [];
  });
}

function run(leaf: Leaf, nameOf: NameOf): Run {
  const style = { ...leaf.style };
  return leaf.type === 'link' && leaf.url
    ? { ...style, text: leaf.text ?? leaf.url, url: leaf.url }
    : { ...style, text: wordsOf(leaf, nameOf) };
}

/** Mentions are names and nothing more: they never reach anybody as a mention. */
function wordsOf(leaf: Leaf, nameOf: NameOf): string {
  switch (leaf.type) {
    case 'user':
      return `@${nameOf(leaf.user_id ?? '') ?? 'someone'}`;
    case 'usergroup':
    case 'team':
      return '@group';
    case 'channel':
      return '#channel';
    case 'broadcast':
      return `@${leaf.range ?? 'channel'}`;
    case 'emoji':
      return emoji(leaf);
    case 'color':
      return leaf.value ?? '';
    default:
      return leaf.text ?? leaf.fallback ?? '';
  }
}

function emoji({ unicode, name }: Leaf): string {
  const points = unicode?.split('-').map(point => Number.parseInt(point, 16)) ?? [];
  const known = points.length > 0 && points.every(point => point > 0x1f && point <= 0x10ffff);
  return known ? String.fromCodePoint(...points) : `:${name ?? ''}:`;
}
