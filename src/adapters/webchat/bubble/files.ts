/** Files that are picked, dropped or pasted, until they go with the next message. */
import type { Greeting } from '../protocol.ts';
import { make } from './dom.ts';

/** Files ready to go. */
export interface Picked {
  readonly element: HTMLElement;
  add(files: Iterable<File>): void;
  /** What is picked now; nothing is from then on. */
  take(): File[];
  readonly isEmpty: boolean;
}

/** `tell` says what is wrong. */
export function createPicked({ words, most }: Greeting, tell: (text: string) => void): Picked {
  const element = make('div', { class: 'picked' });
  let files: File[] = [];
  const show = (): void => {
    element.replaceChildren(
      ...files.map(file => {
        const drop = make(
          'button',
          { type: 'button', class: 'act', 'aria-label': `${words.remove}: ${file.name}` },
          `📎 ${file.name} ✕`,
        );
        drop.addEventListener('click', () => {
          files = files.filter(one => one !== file);
          show();
        });
        return drop;
      }),
    );
  };
  return {
    element,
    add(more) {
      for (const file of more) {
        if (file.size > most.bytes) tell(words['too-large']);
        else if (files.length >= most.files) tell(words['too-many']);
        else files.push(file);
      }
      show();
    },
    take() {
      const taken = files;
      files = [];
      show();
      return taken;
    },
    get isEmpty() {
      return files.length === 0;
    },
  };
}

/** Brings files into a panel by dragging and by pasting. */
export function takeDropped(
  panel: HTMLElement,
  over: HTMLElement,
  add: (files: Iterable<File>) => void,
): void {
  let depth = 0;
  const has = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  panel.addEventListener('dragenter', event => {
    if (!has(event)) return;
    depth += 1;
    over.hidden = false;
  });
  panel.addEventListener('dragover', event => {
    if (has(event)) event.preventDefault();
  });
  panel.addEventListener('dragleave', event => {
    if (has(event)) depth -= 1;
    if (depth <= 0) over.hidden = true;
  });
  panel.addEventListener('drop', event => {
    depth = 0;
    over.hidden = true;
    if (!has(event)) return;
    event.preventDefault();
    add(event.dataTransfer?.files ?? []);
  });
  panel.addEventListener('paste', event => {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });
}
