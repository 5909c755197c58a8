import type { Handle } from '../actor.ts';
import type { Answer } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { howToProve, mustSeeAccount } from '../identity/index.ts';
import { concerningText } from '../notice/index.ts';

/** What concerns somebody now and next. Whoever is nobody's contact is told how to be; throws `Refusal` where the policy wants fresh proof. */
export async function status(act: Act, { id, locale }: Handle): Promise<Answer> {
  const [who] = await act.tx<{ contactId: number; accountId: number }[]>`
    select c.id as "contactId", c.account_id as "accountId" from link l join contact c on c.id = l.contact_id where l.handle_id = ${id}`;
  if (who === undefined) {
    const { text, buttons } = howToProve(act, locale);
    return { type: 'say', text: `${act.phrases.say(locale, 'status-nobody')}\n\n${text}`, buttons };
  }
  await mustSeeAccount(act, { id });
  return { type: 'say', text: await concerningText(act, { ...who, locale }) };
}
