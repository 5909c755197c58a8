import type { Act } from '../context.ts';
import { matchingNobody, type NoticeObject } from '../notice/index.ts';

/** Objects that one statement looks up. */
const AT_ONCE = 1_000;

/** Those of several objects that somebody still has: services end while alerts of them fire, and a notice of nobody is refused. */
export async function living(act: Act, objects: readonly NoticeObject[]): Promise<readonly NoticeObject[]> {
  const found: NoticeObject[] = [];
  for (let from = 0; from < objects.length; from += AT_ONCE) {
    const part = objects.slice(from, from + AT_ONCE);
    const nobody = new Set(await matchingNobody(act.tx, part));
    found.push(...part.filter((_, index) => !nobody.has(index)));
  }
  return found;
}
