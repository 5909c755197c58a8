import { setTimeout as delay } from 'node:timers/promises';
import type { WebPerson } from '../../src/simulator/website/index.ts';
import type { Chance } from './chance.ts';
import { type Diary, deedOf, live } from './people.ts';

/** How often a bubble that the desk does not let in tries once more when the storm is over; each try has its own limit. */
const TRIES = 8;
const PAUSE_MS = 500;
/** How often a connection breaks just when something was said, before the desk can have answered; and for how long, in ms of real time. */
const BREAKS = 0.2;
const OFFLINE_MS = [50, 1500] as const;
/** The first words of a chat are its subject, too, as far as they go into it: what is counted stands behind that. */
const WORDS = `Can you help me with this? ${'It worked until this morning, and now it does not. '.repeat(2)}`;

/**
 * Someone at the bubble on the website: writes without waiting for the desk, which their bubble sends again until it stands there. Resolves when
 * the storm is over and the bubble is connected, so that it sends what is left.
 */
export async function visitor(person: WebPerson, diary: Diary, chance: Chance): Promise<void> {
  await live(diary, chance, async () => {
    for (let left = chance.between(1, 3); left > 0; left -= 1) {
      const deed = deedOf(diary, person, 'wrote');
      diary.deeds.push(deed);
      person.says(`${WORDS}${deed.token}`).catch(() => undefined);
    }
    if (chance.next() >= BREAKS) return;
    await delay(chance.between(0, 20));
    person.leaves();
    await delay(chance.between(...OFFLINE_MS));
    person.returns().catch(() => undefined);
  });
  for (let tries = 1; tries <= TRIES; tries += 1) {
    if (
      await person.goes('').then(
        () => true,
        () => false,
      )
    )
      return;
    await delay(PAUSE_MS);
  }
}
