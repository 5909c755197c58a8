import { isIP } from 'node:net';
import { isBlank, literal, oneLine, plain, tidy } from '../../text/index.ts';
import type { TicketRequest } from '../../ticket/index.ts';
import type { Faults, FieldFault, FieldSpec, Values } from '../model.ts';
import { type Choices, fieldsFor } from './fields.ts';
import { isNone, pickedOf } from './services.ts';
import { readWhen, type WhenResult } from './when.ts';

/** What a check needs besides the values. */
export interface CheckOptions {
  readonly choices: Choices;
  readonly now: Date;
  /** IANA zone in which a time without a zone is read. */
  readonly zone: string;
  /** Writes a moment for the person, with its zone. */
  readonly write: (at: Date) => string;
  /** The description is CommonMark already (a chat message), not the plain text of a form. */
  readonly marked: boolean;
}

/** The form's outcome: a request, or what is wrong at each field. */
export type Checked =
  | { readonly ok: true; readonly request: TicketRequest }
  | { readonly ok: false; readonly faults: Faults };

/** Checks one field. Returns its value fit to keep (`began` becomes an ISO instant), or what is wrong. */
export function checkField(
  field: FieldSpec,
  typed: string,
  options: CheckOptions,
): { value: string } | { fault: FieldFault } {
  const value = tidy(typed);
  if (isBlank(value)) {
    if (!field.required) return { value: '' };
    return { fault: { key: typed === '' ? 'fault-required' : 'fault-blank', args: {} } };
  }
  if (value.length > field.maxLength)
    return { fault: { key: 'fault-too-long', args: { max: field.maxLength } } };
  switch (field.id) {
    case 'department':
      return options.choices.departments.includes(value)
        ? { value }
        : { fault: { key: 'fault-choice', args: {} } };
    case 'priority':
      return options.choices.priorities.some(one => one.id === value)
        ? { value }
        : { fault: { key: 'fault-choice', args: {} } };
    case 'about':
      return checkAbout(value, options);
    case 'server':
      return checkServer(value);
    case 'began':
      return checkBegan(value, options);
    default:
      return { value };
  }
}

/** Checks the whole form: every fault at once. */
export function checkForm(values: Values, options: CheckOptions): Checked {
  const faults: Record<string, FieldFault> = {};
  const good: Record<string, string> = {};
  const fields = fieldsFor(values, options.choices);
  for (const field of fields) {
    const result = checkField(field, values[field.id] ?? '', options);
    if ('fault' in result) faults[field.id] = result.fault;
    else good[field.id] = result.value;
  }
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const asked = fields.filter(field => field.page === 'facts');
  const picked = pickedOf(good.about, options.choices.services);
  const facts = {
    ...(picked !== undefined && asked.length > 0 ? { server: picked.server, service: picked.name } : {}),
    ...Object.fromEntries(asked.map(field => [field.id, good[field.id] ?? ''])),
  };
  const described = good.description ?? '';
  return {
    ok: true,
    request: {
      department: good.department ?? '',
      priority: good.priority ?? '',
      subject: oneLine(good.subject || (options.marked ? plain(described) : described), 120),
      description: options.marked ? described : literal(described),
      facts,
      serviceId: picked === undefined ? null : Number(picked.id),
    },
  };
}

/** One of the person's own services, or none: what somebody else has is refused like what nobody has. */
function checkAbout(value: string, { choices }: CheckOptions): { value: string } | { fault: FieldFault } {
  if (isNone(value)) return { value: '' };
  const picked = pickedOf(value, choices.services);
  return picked === undefined ? { fault: { key: 'fault-own-service', args: {} } } : { value: picked.id };
}

const ORDER = /^#?\d{4,12}$/;

/** An IP address or an order number; a port or brackets around the address are tolerated and dropped. */
function checkServer(value: string): { value: string } | { fault: FieldFault } {
  const bare = value.replace(/^\[([0-9a-f:.]+)\](:\d+)?$/i, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  if (isIP(bare) !== 0) return { value: bare };
  if (ORDER.test(value.replaceAll(/\s/g, ''))) return { value: `#${value.replaceAll(/[\s#]/g, '')}` };
  return { fault: { key: 'fault-server-or-order', args: {} } };
}

function checkBegan(value: string, options: CheckOptions): { value: string } | { fault: FieldFault } {
  const when = readWhen(value, { now: options.now, zone: options.zone });
  return when.kind === 'at' ? { value: when.at.toISOString() } : { fault: whenFault(value, when, options) };
}

function whenFault(
  input: string,
  when: Exclude<WhenResult, { kind: 'at' }>,
  options: CheckOptions,
): FieldFault {
  switch (when.kind) {
    case 'ambiguous': {
      const [first, second] = when.choices.map(choice => choice.label);
      return {
        key: 'fault-when-ambiguous',
        args: { first: first ?? '', second: second ?? options.write(options.now) },
        moments: when.choices,
      };
    }
    case 'impossible':
      return { key: `fault-when-${when.why}`, args: when.why === 'gap' ? { input } : {} };
    case 'unreadable':
      return { key: 'fault-when-unreadable', args: {} };
  }
}
