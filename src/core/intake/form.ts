import type { FormField, FormOption, FormPage, FormView } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { departmentName, priorityName } from '../policy/index.ts';
import { clip, formatWhen, isBlank, plain } from '../text/index.ts';
import type { Faults, FieldSpec, Values } from './model.ts';
import { serviceOptions } from './own.ts';
import type { CheckOptions } from './rules/check.ts';
import { applies, type Choices, fieldsFor, ticketFields } from './rules/fields.ts';
import { NONE_OF_THESE, pickedOf, type ServiceChoice } from './rules/services.ts';

/** The choices that the policy and the person's own services give. */
export function choicesOf(ctx: Context, services: readonly ServiceChoice[]): Choices {
  const { departments, priorities } = ctx.policy;
  return { departments: departments.map(one => one.id), priorities, services };
}

/** What checks need, from the desk's context. */
export function checkOptions(
  ctx: Context,
  locale: string,
  services: readonly ServiceChoice[],
  marked = false,
): CheckOptions {
  const { zone } = ctx.policy.desk;
  const now = ctx.now();
  return {
    choices: choicesOf(ctx, services),
    now,
    zone,
    marked,
    write: at => formatWhen(at, locale, zone, now, { zone: 'abbreviation' }),
  };
}

/** What a form begins with: `text` is CommonMark, for example of the message that a shortcut was used on. */
export interface Beginning {
  readonly subject: string;
  readonly text?: string;
  /** A department's id; one that the desk has not is as good as none. */
  readonly department?: string;
  /** What was typed or picked as the service it is about. */
  readonly service?: string;
}

/** The department that a link names, where the desk has it. */
export function namedDepartment(ctx: Context, named: string | undefined): string | undefined {
  return ctx.policy.departments.find(one => one.id === named)?.id;
}

/** A fresh form has the first of each choice chosen. A form holds plain text, cut to what the field takes. */
export function firstValues(
  ctx: Context,
  { subject, text = '', department, service = '' }: Beginning,
  services: readonly ServiceChoice[] = [],
): Values {
  const description = clip(plain(text), ticketFields.find(one => one.id === 'description')?.maxLength ?? 0);
  return {
    department: namedDepartment(ctx, department) ?? ctx.policy.departments[0]?.id ?? '',
    priority: ctx.policy.priorities[0]?.id ?? '',
    ...(subject === '' ? {} : { subject }),
    ...(isBlank(description) ? {} : { description }),
    ...(services.length > 0 ? { about: pickedOf(service, services)?.id ?? '' } : {}),
    // Who has no services to pick from names it in their own words.
    ...(services.length > 0 || isBlank(service) ? {} : { service }),
  };
}

/** What the form shows: where it is in hand, what was given, what is wrong. */
export interface FormState {
  readonly page: FormPage;
  readonly locale: string;
  readonly values: Values;
  readonly faults: Faults;
  readonly draft: string;
  /** The person's own. */
  readonly services: readonly ServiceChoice[];
}

/** The form ready to be shown, in the person's language. */
export function showForm(ctx: Context, state: FormState): FormView {
  const say = (key: string): string => plain(ctx.phrases.say(state.locale, key));
  return {
    page: state.page,
    draft: state.draft,
    locale: state.locale,
    title: say(state.page === 'details' ? 'details-title' : 'form-title'),
    submit: say('form-submit'),
    close: say('form-cancel'),
    fields: fieldsOn(ctx, state).map(field => showField(ctx, field, state, say)),
  };
}

function fieldsOn(ctx: Context, { page, values, services }: FormState): readonly FieldSpec[] {
  const choices = choicesOf(ctx, services);
  if (page === 'all') return fieldsFor(values, choices);
  // What was said in the chat is there already.
  if (page === 'details')
    return fieldsFor(values, choices).filter(({ id }) => id !== 'subject' && id !== 'description');
  const fields = ticketFields.filter(field => field.page === page && applies(field, values, choices));
  // A small window has room for five: a subject is made of the description where none was given.
  return fields.filter(
    ({ id }) => id !== 'subject' || services.length === 0 || (values.subject ?? '') !== '',
  );
}

function showField(
  ctx: Context,
  field: FieldSpec,
  state: FormState,
  say: (key: string) => string,
): FormField {
  const fault = state.faults[field.id];
  const options = optionsOf(ctx, field, state.locale, state.services);
  return {
    id: field.id,
    kind: field.kind === 'choice' && options === undefined ? 'text' : field.kind,
    label: say(`field-${field.id}`),
    hint: say(`field-${field.id}-hint`),
    placeholder: say(`field-${field.id}-placeholder`),
    options,
    required: field.required,
    maxLength: field.maxLength,
    value: shownValue(field, state, options),
    error: fault && sayFault(ctx, state.locale, fault),
    reshapes: field.id === 'priority' || (field.id === 'about' && options !== undefined),
  };
}

/** A service is chosen in a list, and named where it is typed. */
function shownValue(
  { id }: FieldSpec,
  { values, services }: FormState,
  options: readonly FormOption[] | undefined,
): string | undefined {
  if (id !== 'about') return values[id];
  const picked = pickedOf(values.about, services);
  if (options !== undefined) return picked?.id ?? NONE_OF_THESE;
  return picked?.name ?? values.about;
}

/** What is wrong with a field, as plain text for the place beside it. */
export function sayFault(ctx: Context, locale: string, fault: Faults[string]): string {
  return plain(ctx.phrases.say(locale, fault.key, fault.args));
}

/** The choices of a field in a language; undefined when it is free text. */
export function optionsOf(
  ctx: Context,
  field: FieldSpec,
  locale: string,
  services: readonly ServiceChoice[],
): FormOption[] | undefined {
  switch (field.id) {
    case 'about':
      return serviceOptions(ctx, services, locale);
    case 'department':
      return ctx.policy.departments.map(one => ({
        value: one.id,
        label: departmentName(ctx.policy, one.id, locale),
      }));
    case 'priority':
      return ctx.policy.priorities.map(one => ({
        value: one.id,
        label: priorityName(ctx.policy, one.id, locale),
      }));
    default:
      return undefined;
  }
}
