import { suggestServices } from '../account/index.ts';
import type { Answer, ChannelKind, FormOption, Typed } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { crewsIn } from '../escalation/index.ts';
import { languageOf, viewerNamed } from '../identity/index.ts';
import { serviceChoice } from '../intake/index.ts';
import { departmentName, levelName, nameIn, priorityName } from '../policy/index.ts';
import { colleagues, currentRoles, isStaff } from '../staff/index.ts';
import { oneLine, plain, raw } from '../text/index.ts';
import { suggestAny, suggestOwn, type TicketLine, typedWords } from '../ticket/index.ts';

/** Choices at most (Discord, "Autocomplete": 25), and the length of a label. */
const CHOICES = 25;
const LABEL = 100;

/** The choices for a value that somebody is typing. Nothing is kept; who is no staff gets none of those that are for staff. */
export async function suggest(ctx: Context, channel: ChannelKind, typed: Typed): Promise<Answer> {
  const choices = (await mayAsk(ctx, channel, typed)) ? await choicesFor(ctx, channel, typed) : [];
  return { type: 'choices', choices: choices.slice(0, CHOICES) };
}

async function mayAsk(ctx: Context, channel: ChannelKind, typed: Typed): Promise<boolean> {
  if (typed.field === 'own-ticket' || typed.field === 'own-service') return true;
  const roles = await currentRoles(ctx, channel, typed).catch(() => []);
  return isStaff(ctx, channel, roles);
}

async function choicesFor(ctx: Context, channel: ChannelKind, typed: Typed): Promise<FormOption[]> {
  const { sql } = ctx.database;
  const { from, field, text } = typed;
  const locale = await languageOf(ctx, sql, channel, from);
  switch (field) {
    case 'own-ticket':
      return (await own(ctx, channel, typed)).map(one => labelled(ctx, locale, 'state', one));
    case 'own-service':
      return (await suggestServices(sql, { channel, ...from }, typedWords(text), CHOICES))
        .map(serviceChoice)
        .map(({ id, label }) => ({ value: id, label }));
    case 'desk-ticket':
      return (await suggestAny(sql, text, CHOICES)).map(one => labelled(ctx, locale, 'desk-state', one));
    case 'staff':
      return (await colleagues(sql, channel, from.space, typedWords(text), CHOICES)).map(
        ({ externalId, name }) => ({ value: externalId, label: oneLine(name, LABEL) }),
      );
    case 'department':
      return fitting(text, ctx.policy.departments, id => departmentName(ctx.policy, id, locale));
    case 'priority':
      return fitting(text, ctx.policy.priorities, id => priorityName(ctx.policy, id, locale));
    case 'level':
      return fitting(text, ctx.policy.levels, id => levelName(ctx.policy, id, locale));
    case 'team':
      return teams(ctx, locale, text);
  }
}

async function own(ctx: Context, channel: ChannelKind, { from, text }: Typed): Promise<TicketLine[]> {
  const viewer = await viewerNamed(ctx, channel, from);
  return viewer === undefined ? [] : suggestOwn(ctx.database.sql, viewer, text, CHOICES);
}

function labelled(ctx: Context, locale: string, states: string, ticket: TicketLine): FormOption {
  const state = raw(ctx.phrases.say(locale, `${states}-${ticket.state}`));
  const subject = oneLine(ticket.subject, 60);
  const label = plain(ctx.phrases.say(locale, 'list-line', { number: ticket.id, subject, state }));
  return { value: String(ticket.id), label: oneLine(label, LABEL) };
}

/** The teams that work at some level, and all of them. */
function teams(ctx: Context, locale: string, text: string): FormOption[] {
  const all = { id: 'all', name: { [locale]: plain(ctx.phrases.say(locale, 'desk-queue-all')) } };
  const crews = [...crewsIn(ctx.policy), all];
  return fitting(text, crews, id =>
    nameIn(ctx.policy, crews.find(one => one.id === id) ?? { id, name: {} }, locale),
  );
}

function fitting(
  text: string,
  all: readonly { readonly id: string }[],
  nameOf: (id: string) => string,
): FormOption[] {
  const words = typedWords(text);
  return all
    .map(({ id }) => ({ value: id, label: oneLine(nameOf(id), LABEL) }))
    .filter(({ value, label }) => words.every(word => `${value} ${label.toLowerCase()}`.includes(word)));
}
