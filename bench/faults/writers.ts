import { setTimeout as delay } from 'node:timers/promises';
import type { MailPerson } from '../../src/simulator/mail/index.ts';
import type { PlaceView } from '../../src/simulator/model.ts';
import type { Chance } from './chance.ts';
import { numberIn } from './model.ts';
import { type Diary, deedOf, live, TICKETS } from './people.ts';

/** A mail server that hands mail on over HTTP: one after the other, each again until the desk takes it. */
export interface Carrier {
  bring(raw: Uint8Array): void;
  /** Resolves when all that was brought is taken. */
  done(): Promise<void>;
}

/** The secret of whoever brings mail to the desk over HTTP. */
export const CARRIER_SECRET = 'a-secret-of-whoever-brings-mail';

/** What was not taken is brought again after so long, and nobody waits longer than this for an answer, in ms of real time. */
const AGAIN_MS = 200;
const ANSWER_MS = 5000;

/** Makes one that brings mail to `url`. */
export function carrierTo(url: string): Carrier {
  let last = Promise.resolve();
  const once = async (body: Uint8Array): Promise<boolean> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${CARRIER_SECRET}`, 'content-type': 'message/rfc822' },
      body: Uint8Array.from(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    }).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    return answer?.ok === true;
  };
  const bring = async (raw: Uint8Array): Promise<void> => {
    while (!(await once(raw))) await delay(AGAIN_MS);
  };
  return {
    bring: raw => {
      last = last.then(() => bring(raw));
    },
    done: () => last,
  };
}

/**
 * Someone who writes mail: new ones, and answers to what the desk wrote in a ticket. It lies in the desk's mailbox, or, with a carrier, is brought.
 * Resolves when the storm is over and all was brought.
 */
export async function mailWriter(
  person: MailPerson,
  diary: Diary,
  chance: Chance,
  carrier?: Carrier,
): Promise<void> {
  const handOn = carrier && { handOn: carrier.bring };
  let opened = 0;
  await live(diary, chance, async () => {
    const mine = person.screen().places.filter(isAnswered);
    if (opened < TICKETS && (mine.length === 0 || chance.next() < 0.2)) {
      opened += 1;
      const deed = deedOf(diary, person, 'wrote');
      diary.deeds.push(deed);
      const text = `Since this morning nothing works at 203.0.113.7. ${deed.token}`;
      await person.writes({ subject: `Nothing works, for the ${opened}. time`, text, ...handOn });
    } else if (mine.length > 0) await answers(person, chance.of(mine), diary, handOn);
  });
  await carrier?.done();
}

/** A conversation in which the desk has written. */
const isAnswered = ({ title, messages }: PlaceView): boolean =>
  numberIn(title) !== undefined && messages.some(({ bot }) => bot);

/** They answer the newest mail of the desk. */
async function answers(
  person: MailPerson,
  { title, messages }: PlaceView,
  diary: Diary,
  handOn: object | undefined,
): Promise<void> {
  const newest = messages.findLast(({ bot }) => bot);
  if (newest === undefined) return;
  const deed = { ...deedOf(diary, person, 'wrote'), number: numberIn(title) };
  diary.deeds.push(deed);
  const subject = title.startsWith('Re:') ? title : `Re: ${title}`;
  await person.writes({ subject, text: `And this: ${deed.token}`, answers: newest.id, ...handOn });
}
