import { beginDraft, changeDraft, draftAt, endDraft, type Talk } from '../intake/index.ts';

/** A draft that is there for nothing but what it waits for. */
const ALONE = 'alone';

/**
 * In a chat without forms what a form would ask for is the next message: the chat waits for it, with a word that says what for. A request
 * that is half written waits meanwhile. Each kind of wait has a name of its own.
 */
export async function awaitWords({ act, owner, placeId }: Talk, name: string, what: string): Promise<void> {
  const awaited = { [name]: what };
  const draft = await draftAt(act, placeId);
  if (draft === undefined) await beginDraft(act, owner, placeId, { ...awaited, [ALONE]: name }, null);
  else await changeDraft(act, draft.id, { ...draft.values, ...awaited }, draft.step);
}

/** What the chat waits for under that name; undefined when it does not. It is asked once: what comes next is the answer, or a message as any other. */
export async function awaitedWords({ act, placeId }: Talk, name: string): Promise<string | undefined> {
  const draft = await draftAt(act, placeId);
  const what = draft?.values[name];
  if (draft === undefined || what === undefined) return undefined;
  const { [name]: _, [ALONE]: alone, ...values } = draft.values;
  if (alone === name) await endDraft(act, draft.id);
  else
    await changeDraft(
      act,
      draft.id,
      alone === undefined ? values : { ...values, [ALONE]: alone },
      draft.step,
    );
  return what;
}
