/** CommonMark → the pieces that a bubble makes elements of: nothing in them is ever read as HTML. */
import type { Nodes } from 'mdast';
import { type Answer, type Button, type FormView, type Line, parseMarkdown } from '../../core/index.ts';
import { MAX_FIELDS } from './limits.ts';
import type { AnswerFrame, ButtonFrame, FormFrame, LineFrame, Piece } from './protocol.ts';

/** Anything else is shown as words. */
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;

/** The pieces of a text. */
export function piecesOf(markdown: string): Piece[] {
  return parseMarkdown(markdown).children.flatMap(pieces);
}

function pieces(node: Nodes): Piece[] {
  switch (node.type) {
    case 'text':
      return lines(node.value);
    case 'inlineCode':
      return [['code', node.value]];
    case 'code':
      return [['pre', node.value]];
    case 'break':
      return [['br']];
    case 'thematicBreak':
      return [['hr']];
    case 'image':
      return link(node.url, [node.alt || node.url]);
    case 'link':
      return link(node.url, node.children.flatMap(pieces));
    default:
      return 'children' in node ? [[markOf(node), ...node.children.flatMap(pieces)]] : [];
  }
}

const marks = {
  paragraph: 'p',
  strong: 'b',
  emphasis: 'i',
  blockquote: 'quote',
  listItem: 'li',
  heading: 'h',
} as const;

function markOf(node: Nodes): Exclude<Piece, string>[0] {
  if (node.type === 'list') return node.ordered ? 'ol' : 'ul';
  return Object.hasOwn(marks, node.type) ? marks[node.type as keyof typeof marks] : 'p';
}

function link(url: string, content: readonly Piece[]): Piece[] {
  return LINK.test(url) ? [['a', url, ...content]] : [...content, ` (${url})`];
}

/** The line ends that somebody typed stay where they are. */
function lines(text: string): Piece[] {
  return text.split('\n').flatMap((one, index): Piece[] => (index === 0 ? [one] : [['br'], one]));
}

/** A line as its reader gets it. */
export function lineFrame({ ref, seq, ours, key, body, at }: Line): LineFrame {
  const shared = { t: 'line', ref, seq, at: at.getTime(), ...(!ours && { key }) } as const;
  if (body === null) return { ...shared, pieces: [], gone: true };
  const { text, author, automatic, buttons = [], files = [] } = body;
  return {
    ...shared,
    pieces: piecesOf(text),
    ...(author !== undefined && { author }),
    ...(automatic && { auto: true }),
    ...(buttons.length > 0 && { buttons: buttons.map(buttonFrame) }),
    ...(files.length > 0 && { files }),
  };
}

function buttonFrame({ action, label, style }: Button): ButtonFrame {
  return { action, label, ...(style !== undefined && { style }) };
}

/** An answer as the bubble shows it to who asked. */
export function answerFrame(answer: Answer): AnswerFrame {
  switch (answer.type) {
    case 'say':
      return {
        show: 'words',
        pieces: piecesOf(answer.text),
        buttons: (answer.buttons ?? []).map(buttonFrame),
      };
    case 'form':
    case 'faults':
      return { show: 'form', form: formFrame(answer.form) };
    default:
      return { show: 'nothing' };
  }
}

function formFrame({ page, draft, title, submit, close, fields }: FormView): FormFrame {
  return { page, draft, title, submit, close, fields: fields.slice(0, MAX_FIELDS) };
}
