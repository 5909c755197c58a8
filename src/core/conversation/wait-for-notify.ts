import type { Answer } from '../channel/index.ts';
import type { Talk } from '../intake/index.ts';
import { formIn } from '../preference/index.ts';
import { awaitedWords, awaitWords } from './awaited-words.ts';
import { answerNotify } from './notify-form.ts';

const AWAITED = 'awaited-notify';

/** The chat waits for what a window of `/ticket notify` would ask for. */
export async function waitForNotify(talk: Talk, form: string): Promise<void> {
  if (formIn(form) !== undefined) await awaitWords(talk, AWAITED, form);
}

/** The answer to what the chat waits for; undefined when it waits for nothing of the kind. */
export async function hearNotify(talk: Talk, text: string): Promise<Answer | undefined> {
  const form = formIn((await awaitedWords(talk, AWAITED)) ?? '');
  return form === undefined ? undefined : answerNotify(talk.act, talk.owner, form, text);
}
