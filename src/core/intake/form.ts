import type { FormField, FormOption, FormPage, FormView } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { departmentName, priorityName } from '../policy/index.ts';
import { clip, formatWhen, isBlank, plain } from '../text/index.ts';
import type { Faults, FieldSpec, Values } from './model.ts';
import type { CheckOptions } from './rules/check.ts';
import { type Choices, fieldsFor, ticketFields } from './rules/fields.ts';

/** The choices the policy gives. */
export function choicesOf(ctx: Context): Choices {
  return { departments: ctx.policy.departments.map(one => one.id), priorities: ctx.policy.priorities };
}

/** What checks need, from the desk's context. */
export function checkOptions(ctx: Context, locale: string, marked = false): CheckOptions {
  const { zone } = ctx.policy.desk;
  const now = ctx.now();
  return {
    choices: choicesOf(ctx),
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
}

/** The department that a link names, where the desk has it. */
export function namedDepartment(ctx: Context, named: string | undefined): string | undefined {
  return ctx.policy.departments.find(one => one.id === named)?.id;
}

/** A fresh form has the first of each choice chosen. A form holds plain text, cut to what the field takes. */
export function firstValues(ctx: Context, { subject, text = '', department }: Beginning): Values {
  const description = clip(plain(text), ticketFields.find(one => one.id === 'description')?.maxLength ?? 0);
  return {
    department: namedDepartment(ctx, department) ?? ctx.policy.departments[0]?.id ?? '',
    priority: ctx.policy.priorities[0]?.id ?? '',
    ...(subject === '' ? {} : { subject }),
    ...(isBlank(description) ? {} : { description }),
  };
}

/** What the form shows: where it is in hand, what was given, what is wrong. */
export interface FormState {
  readonly page: FormPage;
  readonly locale: string;
  readonly values: Values;
  readonly faults: Faults;
  readonly draft: string;
}

/** The form ready to be shown, in the person's language. */
export function showForm(ctx: Context, state: FormState): FormView {
  const say = (key: string): string => plain(ctx.phrases.say(state.locale, key));
  return {
    page: state.page,
    draft: state.draft,
    locale: state.locale,
    title: say('form-title'),
    submit: say('form-submit'),
    close: say('form-cancel'),
    fields: fieldsOn(ctx, state).map(field => showField(ctx, field, state, say)),
  };
}

function fieldsOn(ctx: Context, { page, values }: FormState): readonly FieldSpec[] {
  if (page === 'all') return fieldsFor(values, choicesOf(ctx));
  return ticketFields.filter(field => field.page === page);
}

function showField(
  ctx: Context,
  field: FieldSpec,
  state: FormState,
  say: (key: string) => string,
): FormField {
  const fault = state.faults[field.id];
  return {
    id: field.id,
    kind: field.kind,
    label: say(`field-${field.id}`),
    hint: say(`field-${field.id}-hint`),
    placeholder: say(`field-${field.id}-placeholder`),
    options: optionsOf(ctx, field, state.locale),
    required: field.required,
    maxLength: field.maxLength,
    value: state.values[field.id],
    error: fault && sayFault(ctx, state.locale, fault),
    reshapes: field.id === 'priority',
  };
}

/** What is wrong with a field, as plain text for the place beside it. */
export function sayFault(ctx: Context, locale: string, fault: Faults[string]): string {
  return plain(ctx.phrases.say(locale, fault.key, fault.args));
}

/** The choices of a field in a language; undefined when it is free text. */
export function optionsOf(ctx: Context, field: FieldSpec, locale: string): FormOption[] | undefined {
  switch (field.id) {
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
