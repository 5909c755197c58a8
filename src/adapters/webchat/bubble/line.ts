/** Lines of the chat as elements. */
import type { ButtonFrame, Greeting, LineFrame, Piece } from '../protocol.ts';
import { make } from './dom.ts';

const ELEMENTS = {
  p: 'p',
  b: 'strong',
  i: 'em',
  code: 'code',
  pre: 'pre',
  quote: 'blockquote',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  br: 'br',
  hr: 'hr',
  h: 'strong',
} as const;

/** Pieces as elements: only those that are known, with no attribute but the address of a link. */
export function elementsOf(pieces: readonly Piece[]): (Node | string)[] {
  return pieces.map(piece => {
    if (typeof piece === 'string') return piece;
    const [mark, ...content] = piece;
    if (mark === 'a') {
      const [address, ...words] = content;
      const safe = typeof address === 'string' && /^(?:https?:\/\/|mailto:|tel:)/i.test(address);
      const attributes = safe ? { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' } : {};
      return make('a', attributes, ...elementsOf(words));
    }
    return make(Object.hasOwn(ELEMENTS, mark) ? ELEMENTS[mark] : 'span', {}, ...elementsOf(content));
  });
}

/** Buttons; each is out of use while what it asked for is under way. */
export function actsOf(
  buttons: readonly ButtonFrame[],
  press: (action: string) => Promise<void>,
): HTMLElement {
  const acts = make('div', { class: 'acts' });
  for (const { action, label, style } of buttons) {
    const button = make(
      'button',
      { type: 'button', class: `act ${style === 'primary' ? 'primary' : ''}` },
      label,
    );
    button.addEventListener('click', () => {
      button.disabled = true;
      void press(action).finally(() => {
        button.disabled = false;
      });
    });
    acts.append(button);
  }
  return acts;
}

/** What a line needs of what is around it. */
export interface LineParts {
  readonly greeting: Greeting;
  press(action: string, ref?: number): Promise<void>;
}

/** One line: who, what, files, buttons. */
export function lineOf(line: LineFrame, { greeting: { lang, name, words }, press }: LineParts): HTMLElement {
  const own = line.key !== undefined;
  const who = own ? words.you : (line.author ?? name);
  // As everywhere at the desk: a day has 24 hours, in English, too.
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const time = new Date(line.at).toLocaleTimeString(lang, hours);
  const body = make(
    'div',
    { class: 'body' },
    ...(line.gone ? [make('em', {}, words.gone)] : elementsOf(line.pieces)),
  );
  if (line.files !== undefined)
    body.append(make('ul', { class: 'files' }, ...line.files.map(file => make('li', {}, `📎 ${file}`))));
  const head = make(
    'div',
    { class: own ? 'sr' : 'who' },
    line.auto ? `${name} · ${words.auto}` : who,
    ` · ${time}`,
  );
  const element = make('div', { class: `line ${own ? 'own' : ''} ${line.auto ? 'auto' : ''}` }, head, body);
  if (line.buttons !== undefined && !line.gone)
    element.append(actsOf(line.buttons, action => press(action, line.ref)));
  return element;
}
