import type { Answer } from '../channel/index.ts';
import { beginDraft, changeDraft, draftAt, endDraft, type Talk } from '../intake/index.ts';
import { formIn } from '../preference/index.ts';
import { answerNotify } from './notify-form.ts';

/** What a draft keeps while the chat waits for what is typed in place of a form: which one. */
const AWAITED = 'awaited-notify';
/** A draft that is there for nothing else. */
const ALONE = 'notify';

/** In a chat without forms the answer is the next message. A request that is half written waits meanwhile. */
export async function waitForNotify({ act, owner, placeId }: Talk, form: string): Promise<void> {
  if (formIn(form) === undefined) return;
  const awaited = { [AWAITED]: form };
  const draft = await draftAt(act, placeId);
  if (draft === undefined) await beginDraft(act, owner, placeId, { ...awaited, [ALONE]: 'alone' }, null);
  else await changeDraft(act, draft.id, { ...draft.values, ...awaited }, draft.step);
}

/** The answer to what the chat waits for; undefined when it waits for nothing, or a message is none. It is asked once. */
export async function hearNotify({ act, owner, placeId }: Talk, text: string): Promise<Answer | undefined> {
  const draft = await draftAt(act, placeId);
  const form = formIn(draft?.values[AWAITED] ?? '');
  if (draft === undefined || form === undefined) return undefined;
  const { [AWAITED]: _, [ALONE]: alone, ...values } = draft.values;
  if (alone === undefined) await changeDraft(act, draft.id, values, draft.step);
  else await endDraft(act, draft.id);
  return answerNotify(act, owner, form, text);
}
