import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Break, Edit } from './model.ts';

/** A text of the code with an edit done. Throws when the place is not there, or is there twice. */
export function edited(whole: string, [file, ...texts]: Edit): string {
  const [from, to] = texts.map(text => text.replaceAll('§{', '$' + '{')) as [string, string];
  if (whole.split(from).length !== 2) throw new Error(`${file} has changed, the break fits no more: ${from}`);
  return whole.replace(from, () => to);
}

/** Why a break cannot be tried on a tree; undefined when it can. */
export function misfit(root: string, { edits, test }: Break): string | undefined {
  if (test !== 'tsc' && !existsSync(join(root, test))) return `there is no ${test}`;
  const texts = new Map<string, string>();
  try {
    for (const edit of edits) {
      const [file] = edit;
      texts.set(file, edited(texts.get(file) ?? readFileSync(join(root, file), 'utf8'), edit));
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
