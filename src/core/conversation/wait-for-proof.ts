import type { Answer } from '../channel/index.ts';
import { canMail, offeredIn } from '../identity/index.ts';
import type { Talk } from '../intake/index.ts';
import { plain } from '../text/index.ts';
import { awaitedWords, awaitWords } from './awaited-words.ts';

/** The chat waits for a proof: for a ticket, whose number is kept, or for none. */
const AWAITED = 'awaited-proof';

/** The chat waits for the code, or the address. */
export async function waitForProof(talk: Talk, ticket?: number): Promise<Answer> {
  const { act, owner } = talk;
  await awaitWords(talk, AWAITED, ticket === undefined ? '' : String(ticket));
  return { type: 'say', text: act.phrases.say(owner.locale, canMail(act) ? 'link-ask' : 'link-ask-code') };
}

/** Whether the chat waits for a proof, and for which ticket. */
export async function proofAwaited(talk: Talk): Promise<{ readonly ticket?: number } | undefined> {
  const awaited = await awaitedWords(talk, AWAITED);
  if (awaited === undefined) return undefined;
  return awaited === '' ? {} : { ticket: Number(awaited) };
}

/** A message that is an address, or looks like a code, and nothing else. */
export function isProof(text: string): boolean {
  const words = plain(text).trim();
  return offeredIn(words).kind !== 'nothing' || /^\S*@\S*$/u.test(words);
}
