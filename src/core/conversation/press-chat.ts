import type { Handle } from '../actor.ts';
import type { Answer, Pressed } from '../channel/index.ts';
import { byMailForm, goOn } from '../chat/index.ts';
import type { Act } from '../context.ts';
import { detailsForm } from '../intake/index.ts';
import { lockOwnTicket, makeTicket, readNumber } from '../ticket/index.ts';

/** A button about a chat that becomes a ticket, or about a ticket that was one; undefined for every other one. */
export async function pressChat(act: Act, owner: Handle, pressed: Pressed): Promise<Answer | undefined> {
  const [verb = '', number = '', more = ''] = pressed.action.split(':');
  switch (verb) {
    case 'make-ticket':
      await makeTicket(act, await lockOwnTicket(act, owner, readNumber(number)));
      return { type: 'nothing' };
    case 'details':
      return detailsForm(act, owner, number, pressed.values);
    case 'by-mail':
      return byMailForm(act, owner, number);
    case 'go-on':
      return goOn(act, owner, number, more);
    default:
      return undefined;
  }
}
