import type { Handle } from '../actor.ts';
import { type Answer, type Button, platformName, WEB } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { endLink, howToProve, type Identity, mustSeeAccount, ownIdentities } from '../identity/index.ts';
import { ownContact } from '../preference/index.ts';
import { chatLink, endChatSessions } from '../session/index.ts';
import { formatWhen, literalInline, oneLine, plain, raw } from '../text/index.ts';

/** Buttons to end other identities, at most. */
const REVOKES = 8;

/** Who somebody is to the desk, and their linked identities, with buttons to end each. */
export async function me(act: Act, owner: Handle): Promise<Answer> {
  const say = act.phrases.say.bind(act.phrases, owner.locale);
  const own = await ownIdentities(act, owner);
  if (own === undefined) {
    const how = howToProve(act, owner.locale);
    return { type: 'say', text: `${say('me-nobody')}\n\n${how.text}`, buttons: how.buttons };
  }
  await mustSeeAccount(act, owner);
  const lines = own.identities.map(({ handleId, name, channel, since }) =>
    say(handleId === owner.id ? 'me-line-this' : 'me-line', {
      platform: platformName(channel),
      name: oneLine(name, 60),
      when: raw(literalInline(formatWhen(since, owner.locale, act.policy.desk.zone, act.at))),
    }),
  );
  const { contact, account } = own;
  const head = say('me-heading', { contact: oneLine(contact, 80), account: oneLine(account, 80) });
  return {
    type: 'say',
    text: `${head}\n\n${lines.map(line => `- ${line}`).join('\n')}`,
    buttons: buttonsOf(act, owner, own.identities),
  };
}

function buttonsOf(act: Act, owner: Handle, identities: readonly Identity[]): Button[] {
  const others = identities.filter(({ handleId }) => handleId !== owner.id).slice(0, REVOKES);
  const page = act.channels.has(WEB) && act.files.links !== undefined;
  return [
    ...(page
      ? [
          {
            action: 'me-page',
            label: oneLine(plain(act.phrases.say(owner.locale, 'button-me-page')), 40),
            style: 'primary' as const,
          },
        ]
      : []),
    {
      action: 'me-unlink',
      label: oneLine(plain(act.phrases.say(owner.locale, 'button-unlink')), 40),
      style: 'danger',
    },
    ...others.map(one => ({ action: `me-revoke:${one.handleId}`, label: labelOf(act, owner, one) })),
  ];
}

function labelOf(act: Act, { locale }: Handle, { channel, name }: Identity): string {
  return oneLine(
    plain(act.phrases.say(locale, 'button-revoke', { platform: platformName(channel), name })),
    40,
  );
}

/** A link to the page of one's own, for their eyes only. Throws `Refusal` for who is not linked. */
export async function givePage(act: Act, owner: Handle): Promise<Answer> {
  const link = await chatLink(act, await ownContact(act, owner));
  if (link === undefined) return { type: 'say', text: act.phrases.say(owner.locale, 'me-page-often') };
  const args = { link: raw(`<${link}>`) };
  return { type: 'say', text: act.phrases.say(owner.locale, 'me-page-link', args), secret: true };
}

/** Ends the link of this identity, and what was opened by a link in a chat. Throws `Refusal` for who has none. */
export async function unlink(act: Act, owner: Handle): Promise<Answer> {
  const contactId = await endLink(act, owner, owner.id);
  if (contactId === undefined) throw new Refusal('not-linked');
  await endChatSessions(act, contactId);
  return { type: 'say', text: act.phrases.say(owner.locale, 'unlinked-now') };
}

/**
 * Ends the link of another identity of the same contact, and the sessions that were opened by a link in a chat: whoever had that chat may have one. `but` stays.
 * Throws `Refusal` word for word the same for one of somebody else and none.
 */
export async function revoke(act: Act, owner: Handle, typed: string, but?: number): Promise<Answer> {
  const id = /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : 0;
  const contactId = id === owner.id ? undefined : await endLink(act, owner, id);
  if (contactId === undefined) throw new Refusal('no-such-identity');
  await endChatSessions(act, contactId, but);
  return { type: 'say', text: act.phrases.say(owner.locale, 'revoked-now') };
}
