import type { Handle } from '../actor.ts';
import type { Answer } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { askForProof } from './link.ts';
import { givePage, revoke, unlink } from './me.ts';

/** A button about who one is; undefined for every other one. `here`: the ticket in whose conversation it is. */
export async function pressProof(
  act: Act,
  owner: Handle,
  verb: string,
  of: string,
  here?: number,
): Promise<Answer | undefined> {
  switch (verb) {
    case 'link':
      return askForProof(act, owner);
    case 'prove':
      return askForProof(act, owner, numberIn(of) ?? here);
    case 'me-page':
      return givePage(act, owner);
    case 'me-unlink':
      return unlink(act, owner);
    case 'me-revoke':
      return revoke(act, owner, of);
    default:
      return undefined;
  }
}

/** The number of a ticket in a button; undefined where there is none. */
export function numberIn(of: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(of) ? Number(of) : undefined;
}
