import { ApiError } from './errors.ts';
import { isSnowflake } from './ids.ts';
import type { Json } from './types.ts';

/** Where in the body a value stands. */
export type Path = readonly (string | number)[];

/** Bounds of one text, in code points. */
interface TextRule {
  readonly min?: number;
  readonly max: number;
  readonly required?: boolean;
}

/** Length as the platform counts it: code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** True for a plain JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Collects every fault of a body with its place, and answers them all at once as error 50035. */
export class Form {
  readonly #tree: Json = {};
  #faulty = false;

  add(path: Path, code: string, message: string): void {
    this.#faulty = true;
    let node = this.#tree;
    for (const step of path) {
      const next = node[String(step)];
      const child: Json = isObject(next) ? next : {};
      node[String(step)] = child;
      node = child;
    }
    const list = Array.isArray(node._errors) ? node._errors : [];
    node._errors = [...list, { code, message }];
  }

  check(): void {
    if (this.#faulty) throw new ApiError(400, 50035, 'Invalid Form Body', this.#tree);
  }

  text(path: Path, value: unknown, rule: TextRule): string | undefined {
    if (value === undefined || value === null || (rule.required && value === '')) {
      if (rule.required) this.required(path);
      return undefined;
    }
    if (typeof value !== 'string') {
      this.add(path, 'STRING_TYPE_CONVERT', `Could not interpret "${JSON.stringify(value)}" as string.`);
      return undefined;
    }
    const length = lengthOf(value);
    const min = rule.min ?? 0;
    if (length > rule.max || length < min) this.badLength(path, min, rule.max);
    return value;
  }

  list(path: Path, value: unknown, min: number, max: number): readonly unknown[] {
    if (value === undefined || value === null) {
      if (min > 0) this.required(path);
      return [];
    }
    if (!Array.isArray(value)) {
      this.add(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return [];
    }
    if (value.length < min || value.length > max) this.badLength(path, min, max);
    return value;
  }

  integer(path: Path, value: unknown, min: number, max: number): number | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.add(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
      return undefined;
    }
    if (value < min)
      this.add(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    if (value > max) this.add(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
    return value;
  }

  flag(path: Path, value: unknown): boolean | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value;
    this.add(path, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
    return undefined;
  }

  choice<T extends string | number>(path: Path, value: unknown, allowed: readonly T[]): T | undefined {
    const found = allowed.find(one => one === value);
    if (found === undefined) {
      this.add(path, 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    }
    return found;
  }

  snowflake(path: Path, value: unknown): string | undefined {
    if (isSnowflake(value)) return value;
    this.add(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not snowflake.`);
    return undefined;
  }

  object(path: Path, value: unknown): Json | undefined {
    if (isObject(value)) return value;
    this.add(path, 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
    return undefined;
  }

  required(path: Path): void {
    this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
  }

  badLength(path: Path, min: number, max: number): void {
    if (min > 0) this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    else this.add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }
}
