import type { Handle } from '../actor.ts';
import type { Answer } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { maySee, viewerOf } from '../identity/index.ts';
import { escalate, lockTicket, move, reopen } from '../ticket/index.ts';
import type { Word } from './rules/words.ts';

const NOTHING: Answer = { type: 'nothing' };

/**
 * Does what a word in a ticket's conversation asks for. What becomes of the ticket is told there by itself, so only help is answered.
 * Throws `Refusal` for who may only write here: the person whose ticket it is decides, and whoever's roles in the account reach it.
 */
export async function obey(act: Act, author: Handle, ticketId: number, word: Word): Promise<Answer> {
  if (word === 'help')
    return { type: 'say', text: act.phrases.say(author.locale, 'help-thread', { number: ticketId }) };
  const ticket = await lockTicket(act, ticketId);
  if (!maySee(await viewerOf(act, author), ticket)) throw new Refusal('only-owner');
  if (word === 'close') await move(act, ticket, 'close');
  else if (word === 'reopen') await reopen(act, ticket);
  else await escalate(act, author, ticket, '');
  return NOTHING;
}
