/** Anything that JSON calls an object. */
export type Obj = Record<string, unknown>;

/** True for a JSON object, false for lists, null and plain values. */
export function isObj(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is something else. */
export function asObj(value: unknown): Obj {
  return isObj(value) ? value : {};
}

/** The value as a list of objects; what is not an object is left out. */
export function asList(value: unknown): Obj[] {
  return Array.isArray(value) ? value.filter(isObj) : [];
}

/** The value as a string; empty when it is something else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Parses JSON; `undefined` where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
