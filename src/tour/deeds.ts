import type { Actor, Company } from './model.ts';

/** A request, in the words of whoever asks. */
export interface Request {
  readonly subject: string;
  readonly description: string;
}

/** The labels of the form's first fields, and how the acknowledgement begins, in a language of the desk. */
const WORDS = {
  pl: { subject: 'Temat', description: 'Opis', ack: 'Mamy Twoje zgłoszenie' },
  en: { subject: 'Subject', description: 'Description', ack: 'We have your ticket' },
} as const;

type Language = keyof typeof WORDS;

/** Types a command and waits for the form. */
export async function opensForm(actor: Actor, command: string): Promise<void> {
  await actor.says(command, actor.person.role === 'customer' ? '#support' : undefined);
  await actor.watches('a form', ({ modal }) => modal !== null && modal.submit !== undefined);
}

/** Opens a ticket with `/ticket` in a window, and sees its number. */
export async function opensTicket(
  company: Company,
  actor: Actor,
  language: Language,
  { subject, description }: Request,
): Promise<number> {
  const words = WORDS[language];
  await opensForm(actor, actor.person.platform === 'discord' ? '/ticket open' : '/ticket');
  await actor.fills({ [words.subject]: subject, [words.description]: description });
  await actor.submits();
  return seesNumber(company, actor, language, subject);
}

/** The acknowledgement of a request; the story is about its ticket from now on. */
export async function seesNumber(
  company: Company,
  actor: Actor,
  language: Language,
  subject: string,
): Promise<number> {
  const start = `${WORDS[language].ack} #`;
  const ack = await actor.person.sees(new RegExp(`${start}\\d+: ${escaped(subject)}`));
  const ticket = company.about(Number(ack.slice(ack.indexOf(start) + start.length).match(/^\d+/)?.[0]));
  await actor.sees(new RegExp(`${start}${ticket}: `));
  if (actor.person.screen().modal !== null) await actor.dismisses();
  return ticket;
}

/** Goes to a ticket's post on the desk once it is there. */
export async function opensPost(actor: Actor, ticket: number, subject: string): Promise<void> {
  const title = `#${ticket} ${subject}`;
  await actor.person.sees(title, title);
  await actor.goes(title);
}

/** Waits for the mark on a message of one's own that says that it has reached the customer. */
export async function seesSent(actor: Actor, text: string): Promise<void> {
  await actor.watches(`✅ on ${text}`, ({ places }) =>
    places.some(({ messages }) =>
      messages.some(one => one.text === text && one.reactions.some(({ emoji }) => emoji === '✅')),
    ),
  );
}

/** Waits for a tag on a ticket's post. */
export async function seesTag(actor: Actor, ticket: number, tag: string): Promise<void> {
  await actor.watches(`the tag ${tag} on #${ticket}`, ({ places }) =>
    places.some(({ title, tags }) => title.startsWith(`#${ticket} `) && tags.includes(tag)),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
