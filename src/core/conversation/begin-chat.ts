import type { Answer, Said } from '../channel/index.ts';
import type { Talk } from '../intake/index.ts';
import { type Policy, priorityOf } from '../policy/index.ts';
import { oneLine, plain } from '../text/index.ts';
import { openInChat } from '../ticket/index.ts';

/** Longest subject that is made of what was said, in UTF-16 units. */
const SUBJECT = 120;

/**
 * Where people come for a quick word nobody fills a form: the first thing that is said opens a chat. It is a general question until staff or its
 * person make it a ticket.
 */
export async function beginChat({ act, owner, from, placeId }: Talk, message: Said): Promise<Answer> {
  const words = oneLine(plain(message.text), SUBJECT);
  const request = {
    ...placeIn(act.policy),
    subject: words === '' ? plain(act.phrases.say(owner.locale, 'chat-subject')) : words,
    description: message.text,
    facts: {},
    serviceId: null,
  };
  await openInChat(act, owner, from, placeId, request, message.files ?? []);
  return { type: 'nothing' };
}

/** The department for general questions, else the first; and the first priority that is not critical. */
function placeIn(policy: Policy): { readonly department: string; readonly priority: string } {
  const { departments, priorities } = policy;
  const department = departments.find(({ general }) => general) ?? departments[0];
  const priority = priorities.find(({ id }) => priorityOf(policy, id)?.critical === false);
  return { department: department?.id ?? '', priority: priority?.id ?? '' };
}
