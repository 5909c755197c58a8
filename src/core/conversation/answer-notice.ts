import type { Answer, Said } from '../channel/index.ts';
import { offerToOpen, proofWanted, type Talk } from '../intake/index.ts';
import { type Answered, keepAbout } from '../notice/index.ts';
import { priorityOf } from '../policy/index.ts';
import { oneLine } from '../text/index.ts';
import { openInChat } from '../ticket/index.ts';

/**
 * Whoever answers a notice opens a ticket that knows it: nothing is asked, their words are the request. What is said of one that is over may be
 * thanks: it is asked whether it is to become one. Where somebody must prove first who they are, their words are kept.
 */
export async function answerNotice(talk: Talk, notice: Answered, message: Said): Promise<Answer> {
  const { act, owner, from, placeId } = talk;
  if (notice.over) return offer(talk, message);
  const { departments, priorities } = act.policy;
  const department = departments.find(({ kind = 'technical' }) => kind === 'technical') ?? departments[0];
  const priority = priorities.find(({ id }) => priorityOf(act.policy, id)?.critical === false);
  const request = {
    department: department?.id ?? '',
    priority: priority?.id ?? '',
    subject: oneLine(`N-${notice.id}: ${notice.title}`, 120),
    description: message.text,
    facts: {},
    serviceId: notice.serviceId,
  };
  const { channel, locale } = owner;
  const wanted = await proofWanted(act, act.tx, { channel, sender: from, locale }, request);
  if (wanted !== undefined) return withProof(wanted, await offer(talk, message));
  const number = await openInChat(act, owner, from, placeId, request, message.files ?? []);
  await keepAbout(act, number, notice.id);
  return { type: 'nothing' };
}

const offer = (talk: Talk, { text, files = [] }: Said): Promise<Answer> =>
  offerToOpen(talk, text, files, 'notice-offer');

function withProof(wanted: NonNullable<Awaited<ReturnType<typeof proofWanted>>>, offer: Answer): Answer {
  const more = offer.type === 'say' ? offer : { text: '', buttons: [] };
  return {
    type: 'say',
    text: [wanted.text, more.text].filter(text => text !== '').join('\n\n'),
    buttons: [...(wanted.buttons ?? []), ...(more.buttons ?? [])],
  };
}
