import type { Context } from '../context.ts';
import type { Content } from '../outbox/index.ts';

/** What staff are told of a letter of which only the beginning is here. */
export function cutOff({ policy }: Pick<Context, 'policy'>): Content {
  return { say: 'letter-cut', args: {}, locale: policy.staff.language };
}
