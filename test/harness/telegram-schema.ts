import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the published description of the Bot API lies, beside the project; absent on other machines. */
const SPEC_FILE = fileURLToPath(new URL('../../../shared/specs/telegram-api.json', import.meta.url));

interface Field {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
  readonly description: string;
}

interface Spec {
  readonly methods: Readonly<Record<string, { readonly fields?: readonly Field[] }>>;
  readonly types: Readonly<
    Record<string, { readonly fields?: readonly Field[]; readonly subtypes?: readonly string[] }>
  >;
}

const spec = existsSync(SPEC_FILE) ? (JSON.parse(readFileSync(SPEC_FILE, 'utf8')) as Spec) : undefined;

/** True when the schema is at hand; tests that need it are named skips otherwise. */
export const telegramSchemaAvailable = spec !== undefined;

/** Fields of grammY's newer types (Bot API 10.3) that the stored 10.1 does not know yet. */
const NEWER = new Set([
  'ephemeral_message_parameters',
  'is_ephemeral',
  'can_stop',
  'keep_on_stop',
  'disabled',
]);

/**
 * Compares one request (`/sendMessage` and its decoded body) with the published Bot API: unknown or missing fields and wrong
 * types, down into objects. Gives the faults, `[]` when there are none or no schema is at hand. Lengths are the simulator's matter.
 */
export function telegramRequestFaults(path: string, body: unknown): string[] {
  // The link of a file is no method of the API.
  if (path.startsWith('/file/')) return [];
  if (!spec) return [];
  const name = Object.keys(spec.methods).find(method => `/${method}`.toLowerCase() === path.toLowerCase());
  if (!name) return [`${path}: no such method`];
  if (body !== null && body !== undefined && typeof body !== 'object')
    return [`${path}: the body is no object`];
  return checkFields(spec, name, spec.methods[name]?.fields ?? [], body ?? {});
}

function checkFields(from: Spec, where: string, fields: readonly Field[], value: object): string[] {
  const given = new Map<string, unknown>(Object.entries(value));
  const unknown = [...given.keys()].filter(
    key => !NEWER.has(key) && key !== 'method' && !fields.some(({ name }) => name === key),
  );
  const missing = fields.filter(({ name, required }) => required && given.get(name) === undefined);
  return [
    ...unknown.filter(key => !isAttachment(given.get(key))).map(key => `${where}.${key}: unknown field`),
    ...missing.map(({ name }) => `${where}.${name}: missing`),
    ...fields.flatMap(({ name, types }) => {
      const content = given.get(name);
      return content === undefined || content === null
        ? []
        : checkTypes(from, `${where}.${name}`, types, content);
    }),
  ];
}

/** Files of a multipart body may have any name; the log shows them as `{filename, size}`. */
function isAttachment(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'filename' in value && 'size' in value;
}

function checkTypes(from: Spec, where: string, types: readonly string[], value: unknown): string[] {
  const tries = types.map(type => checkType(from, where, type, value));
  return tries.find(faults => faults.length === 0) ?? tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function checkType(from: Spec, where: string, type: string, value: unknown): string[] {
  const wrong = [`${where}: ${JSON.stringify(value)?.slice(0, 60)} is no ${type}`];
  if (isAttachment(value)) return type === 'InputFile' ? [] : wrong;
  switch (type) {
    case 'String':
      return typeof value === 'string' ? [] : wrong;
    case 'Integer':
      return Number.isInteger(fromForm(value)) ? [] : wrong;
    case 'Float':
      return typeof fromForm(value) === 'number' ? [] : wrong;
    case 'Boolean':
    case 'True':
      return typeof fromForm(value) === 'boolean' ? [] : wrong;
    case 'InputFile':
      return typeof value === 'string' ? [] : wrong;
    default:
      return type.startsWith('Array of ')
        ? checkArray(from, where, type, fromForm(value))
        : checkObject(from, where, type, fromForm(value));
  }
}

function checkArray(from: Spec, where: string, type: string, value: unknown): string[] {
  if (!Array.isArray(value)) return [`${where}: is no ${type}`];
  const inner = type.slice('Array of '.length).split(/, | and /);
  return value.flatMap((item, index) => checkTypes(from, `${where}[${index}]`, inner, item));
}

function checkObject(from: Spec, where: string, type: string, value: unknown): string[] {
  const described = from.types[type];
  if (!described) return [`${where}: the schema has no type ${type}`];
  if (typeof value !== 'object' || value === null) return [`${where}: is no ${type}`];
  if (described.subtypes) return checkTypes(from, where, described.subtypes, value);
  return checkFields(from, where, described.fields ?? [], value);
}

/** In a form body numbers, flags and objects are text. */
function fromForm(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(?:-?\d|true$|false$|[[{])/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return value;
    throw cause;
  }
}
