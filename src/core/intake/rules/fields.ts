import type { FieldSpec, Values } from '../model.ts';
import { pickedOf, type ServiceChoice } from './services.ts';

/** The form that opens a ticket, declared once: a window in Slack and Discord, a conversation in Telegram. */
export const ticketFields: readonly FieldSpec[] = [
  { id: 'department', kind: 'choice', page: 'base', required: true, maxLength: 20, asked: true },
  { id: 'priority', kind: 'choice', page: 'base', required: true, maxLength: 20, asked: true },
  { id: 'about', kind: 'choice', page: 'base', required: false, maxLength: 120, asked: true },
  { id: 'subject', kind: 'text', page: 'base', required: false, maxLength: 120, asked: false },
  { id: 'description', kind: 'multiline', page: 'base', required: true, maxLength: 3000, asked: true },
  { id: 'server', kind: 'text', page: 'facts', required: true, maxLength: 100, asked: true },
  { id: 'service', kind: 'text', page: 'facts', required: true, maxLength: 100, asked: true },
  { id: 'began', kind: 'text', page: 'facts', required: true, maxLength: 80, asked: true },
  { id: 'diagnostics', kind: 'multiline', page: 'facts', required: true, maxLength: 3000, asked: true },
];

/** What the form depends on: the policy's choices, which priorities are critical, and the person's own services. */
export interface Choices {
  readonly departments: readonly string[];
  readonly priorities: readonly { readonly id: string; readonly critical: boolean }[];
  /** Empty for who is not linked to an account: then nothing is asked about services. */
  readonly services: readonly ServiceChoice[];
}

/** Whether a field has a place in this form: a picked service brings the server and its name along. */
export function applies({ id }: FieldSpec, values: Values, { services }: Choices): boolean {
  if (id === 'about') return services.length > 0;
  return !((id === 'server' || id === 'service') && pickedOf(values.about, services) !== undefined);
}

/** The fields that apply to what was given so far: a critical incident must bring its facts. */
export function fieldsFor(values: Values, choices: Choices): readonly FieldSpec[] {
  const critical = choices.priorities.some(one => one.id === values.priority && one.critical);
  return ticketFields.filter(field => (critical || field.page === 'base') && applies(field, values, choices));
}

/** The next thing the conversation asks: the first field after `step` (undefined: from the start), or the review of all. */
export function stepAfter(step: string | undefined, values: Values, choices: Choices): string {
  const asked = fieldsFor(values, choices).filter(field => field.asked);
  const index = step === undefined ? 0 : asked.findIndex(field => field.id === step) + 1;
  return asked[index]?.id ?? 'review';
}

/** The thing asked before `step`; the first one is its own predecessor. */
export function stepBefore(step: string, values: Values, choices: Choices): string {
  const asked = fieldsFor(values, choices).filter(field => field.asked);
  const index = step === 'review' ? asked.length : asked.findIndex(field => field.id === step);
  return asked[Math.max(0, index - 1)]?.id ?? 'department';
}
