import type { Answer } from '../channel/index.ts';
import { canMail, offeredIn } from '../identity/index.ts';
import { beginDraft, changeDraft, draftAt, endDraft, type Talk } from '../intake/index.ts';
import { plain } from '../text/index.ts';

/** What a draft keeps while the chat waits for a proof: the number of the ticket it is for, or nothing. */
const AWAITED = 'awaited-proof';
/** A draft that is there for nothing else. */
const ALONE = 'proof';

/** In a chat without forms the code, or the address, is the next message. A request that is half written waits meanwhile. */
export async function waitForProof(talk: Talk, ticket?: number): Promise<Answer> {
  const { act, owner, placeId } = talk;
  const awaited = { [AWAITED]: ticket === undefined ? '' : String(ticket) };
  const draft = await draftAt(act, placeId);
  if (draft === undefined) await beginDraft(act, owner, placeId, { ...awaited, [ALONE]: 'alone' }, null);
  else await changeDraft(act, draft.id, { ...draft.values, ...awaited }, draft.step);
  return { type: 'say', text: act.phrases.say(owner.locale, canMail(act) ? 'link-ask' : 'link-ask-code') };
}

/** Whether the chat waits for a proof, and for which ticket. It is asked once: what comes next is the proof, or a message as any other. */
export async function proofAwaited({
  act,
  placeId,
}: Talk): Promise<{ readonly ticket?: number } | undefined> {
  const draft = await draftAt(act, placeId);
  const awaited = draft?.values[AWAITED];
  if (draft === undefined || awaited === undefined) return undefined;
  const { [AWAITED]: _, [ALONE]: alone, ...values } = draft.values;
  if (alone === undefined) await changeDraft(act, draft.id, values, draft.step);
  else await endDraft(act, draft.id);
  return awaited === '' ? {} : { ticket: Number(awaited) };
}

/** A message that is an address, or looks like a code, and nothing else. */
export function isProof(text: string): boolean {
  const words = plain(text).trim();
  return offeredIn(words).kind !== 'nothing' || /^\S*@\S*$/u.test(words);
}
