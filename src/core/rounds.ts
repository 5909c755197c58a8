import { keepAlerts } from './alert/index.ts';
import { keepClient } from './client/index.ts';
import type { Context } from './context.ts';
import type { Inbox } from './conversation/index.ts';
import { callPaged } from './escalation/index.ts';
import { dropOldFiles, dropOldUploads, type FileWork } from './file/index.ts';
import { expireProofs } from './identity/index.ts';
import type { Log } from './log.ts';
import { keepNotices, keepParts, noticeTeller } from './notice/index.ts';
import type { Relay } from './outbox/index.ts';
import { sendDispatches } from './preference/index.ts';
import { keepTerms } from './promise/index.ts';
import { postWeeks } from './report/index.ts';
import { spreadWords } from './subscriber/index.ts';
import { raisePosts } from './ticket/index.ts';
import { tidyUp } from './tidy-up.ts';
import type { Timers } from './timer/index.ts';
import { withinMs } from './within.ts';

/** One thing done on every tick. */
export interface Round {
  readonly name: string;
  run(): Promise<void>;
}

/** A round that takes longer, in ms of real time, is not waited for any more: what comes after it must not depend on it. */
const SLOW_ROUND_MS = 20_000;

/** What happens on every tick, in order. */
export function roundsOf(
  ctx: Context,
  parts: {
    readonly inbox: Inbox;
    readonly relay: Relay;
    readonly files: FileWork;
    readonly timers: Timers;
    readonly status: () => Promise<void>;
  },
): readonly Round[] {
  return [
    { name: 'work stored events', run: () => parts.inbox.round() },
    { name: 'bring tickets under a new policy', run: keepTerms(ctx) },
    { name: 'let tickets follow outages', run: keepParts(ctx) },
    { name: 'fire the timers that are due', run: () => parts.timers.round() },
    { name: 'call those who are paged', run: callPaged(ctx) },
    { name: 'bring files here', run: () => parts.files.round() },
    { name: 'keep what alerts have drafted', run: keepAlerts(ctx) },
    { name: 'take the steps of notices', run: keepNotices(ctx) },
    { name: 'tell contacts where they want it', run: sendDispatches(ctx, noticeTeller) },
    { name: 'write to who follows the status page', run: spreadWords(ctx) },
    { name: 'send what is due', run: () => parts.relay.round() },
    { name: 'show every open ticket at every desk', run: raisePosts(ctx) },
    { name: 'know what the status page shows', run: parts.status },
    { name: 'post the report of the week', run: postWeeks(ctx) },
    { name: 'drop what is too old to matter', run: tidyUp(ctx) },
    { name: 'let old proofs end', run: expireProofs(ctx) },
    { name: 'drop files that are kept no longer', run: dropOldFiles(ctx) },
    { name: 'drop what browsers have brought', run: dropOldUploads(ctx) },
    { name: 'drop sessions that have ended', run: keepClient(ctx) },
  ];
}

/**
 * Runs the rounds in their order; resolves with whether all of them ended well. One that fails is logged, and the next ones run all the same. One that
 * does not end is logged, too, and left to itself: it is begun again when it has ended.
 */
export function takeTurns(log: Log, rounds: readonly Round[]): () => Promise<boolean> {
  const underWay = new Set<Round>();
  const run = (round: Round): Promise<boolean> => {
    underWay.add(round);
    return round
      .run()
      .then(
        () => true,
        error => {
          log.error('a round failed', { round: round.name, error: String(error) });
          return false;
        },
      )
      .finally(() => underWay.delete(round));
  };
  return async () => {
    let well = true;
    for (const round of rounds) {
      const ended = underWay.has(round) ? false : await withinMs(run(round), SLOW_ROUND_MS, undefined);
      if (ended === undefined)
        log.error('a round does not end', { round: round.name, after_ms: SLOW_ROUND_MS });
      well &&= ended === true;
    }
    return well;
  };
}
