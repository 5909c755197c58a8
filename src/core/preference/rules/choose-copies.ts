import { type Destination, MAIL } from '../model.ts';
import { chooseRoute, type NextStep, type RouteQuestion } from './choose-route.ts';

/** What is to be done next with what goes by chat, with a copy by mail. */
export type CopyStep =
  | { readonly do: 'send'; readonly to: readonly Destination[] }
  | Exclude<NextStep, { readonly do: 'send' }>;

/**
 * By the first chat that takes it, and by the first mail address that does: each way goes on by itself where one has failed, and one of
 * them is enough.
 *
 * @param unasked handles of chats that are a last resort: their platform does not want many to be told there who did not choose it
 */
export function chooseCopies(question: RouteQuestion, unasked: ReadonlySet<number> = new Set()): CopyStep {
  const { destinations } = question;
  const isMail = ({ channel }: Destination): boolean => channel === MAIL;
  const isLast = ({ handleId }: Destination): boolean => unasked.has(handleId);
  const ways = [
    destinations.filter(one => !isMail(one) && !isLast(one)),
    [...destinations.filter(isMail), ...destinations.filter(isLast)],
  ].filter(way => way.length > 0);
  return together(ways.map(way => chooseRoute({ ...question, ...within(question, way) })));
}

function within({ tried }: RouteQuestion, way: readonly Destination[]) {
  const mine = new Set(way.map(({ handleId }) => handleId));
  return { destinations: way, tried: new Map([...tried].filter(([handleId]) => mine.has(handleId))) };
}

/** What waits is waited for once nothing is to be sent; in the end the better outcome counts. */
function together(steps: readonly NextStep[]): CopyStep {
  const to = steps.flatMap(step => (step.do === 'send' ? [step.to] : []));
  if (to.length > 0) return { do: 'send', to };
  const open = steps.find(step => step.do === 'wait') ?? steps.find(step => step.do === 'hold');
  if (open !== undefined) return open;
  const ends = steps.flatMap(step => (step.do === 'end' ? [step] : []));
  const best = (['sent', 'unknown', 'failed'] as const)
    .map(state => ends.find(step => step.state === state && step.why !== 'nowhere'))
    .find(step => step !== undefined);
  return best ?? { do: 'end', state: 'failed', why: 'nowhere' };
}
