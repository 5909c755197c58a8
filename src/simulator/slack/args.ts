import { isObj, type Obj, parseJson } from './json.ts';

/** A refusal in Slack's own form: HTTP 200 with `ok: false`. */
export class ApiError extends Error {
  readonly code: string;
  readonly messages: readonly string[];
  readonly extra: Obj;

  constructor(code: string, messages: readonly string[] = [], extra: Obj = {}) {
    super(code);
    this.code = code;
    this.messages = messages;
    this.extra = extra;
  }
}

function wrong(message: string): ApiError {
  return new ApiError('invalid_arguments', [`[ERROR] ${message}`]);
}

/** The arguments of one call, from a form (all strings, objects as JSON) or from a JSON body (typed). */
export class Args {
  readonly values: Obj;
  readonly #typed: boolean;

  constructor(values: Obj, typed: boolean) {
    this.values = values;
    this.#typed = typed;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  /** A string argument; undefined when absent. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    throw wrong(`must provide a string [json-pointer:/${name}]`);
  }

  /** A string argument that must be there and not be empty. */
  need(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw wrong(`missing required field: ${name}`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.values[name];
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === '1' || value === 1) return true;
    if (value === 'false' || value === '0' || value === '' || value === 0) return false;
    throw wrong(`must provide a boolean [json-pointer:/${name}]`);
  }

  /** A whole number; out of range is refused, absent is `fallback`. */
  whole(name: string, fallback: number, max: number): number {
    const value = this.values[name];
    if (value === undefined || value === null || value === '') return fallback;
    const number = typeof value === 'number' ? value : Number(value);
    if (!Number.isInteger(number) || number < 1 || number > max) throw new ApiError('invalid_limit');
    return number;
  }

  /** A JSON list, given as JSON text in a form or, in a JSON body, either way. */
  list(name: string, refusal: string): unknown[] | undefined {
    const value = this.#decoded(name, refusal);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw new ApiError(refusal);
    return value;
  }

  /** A JSON object, the same way. */
  object(name: string, refusal: string): Obj | undefined {
    const value = this.#decoded(name, refusal);
    if (value === undefined) return undefined;
    if (!isObj(value)) throw new ApiError(refusal);
    return value;
  }

  #decoded(name: string, refusal: string): unknown {
    const value = this.values[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') {
      if (this.#typed) return value;
      throw new ApiError(refusal);
    }
    const parsed = parseJson(value);
    if (parsed === undefined) throw new ApiError(refusal);
    return parsed;
  }
}

/** Reads the arguments of a request as Slack does: query, then form or JSON. The query's and the form's `token` is one too. */
export function readArgs(query: Obj, contentType: string, body: string): Args {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') {
    const parsed = body === '' ? {} : parseJson(body);
    if (parsed === undefined) throw new ApiError('invalid_json');
    if (!isObj(parsed)) throw new ApiError('json_not_object');
    // In a JSON body a token does not count: https://docs.slack.dev/apis/web-api/using-the-slack-web-api
    const { token: _ignored, ...rest } = parsed;
    return new Args({ ...query, ...rest }, true);
  }
  if (type === 'application/x-www-form-urlencoded') {
    return new Args({ ...query, ...Object.fromEntries(new URLSearchParams(body)) }, false);
  }
  if (body === '') return new Args(query, false);
  throw new ApiError(type === '' ? 'missing_post_type' : 'invalid_post_type');
}
