import { isObj } from './json.ts';

/** Checks one value at a JSON pointer and adds what is wrong with it to `wrong`. */
export type Rule = (value: unknown, at: string, wrong: string[]) => void;

/** Writes a finding as Slack does (seen in yonicd/slackreprex#3 and grafana/oncall#5121). */
export function finding(message: string, at: string): string {
  return `[ERROR] ${message} [json-pointer:${at}]`;
}

export function string(max: number, min = 1): Rule {
  return (value, at, wrong) => {
    if (typeof value !== 'string') wrong.push(finding('must provide a string', at));
    else if (value.length < min) wrong.push(finding(`must be more than ${min - 1} characters`, at));
    else if (value.length > max) wrong.push(finding(`must be less than ${max + 1} characters`, at));
  };
}

export const flag: Rule = (value, at, wrong) => {
  if (typeof value !== 'boolean') wrong.push(finding('must provide a boolean', at));
};

export function whole(min: number, max: number): Rule {
  return (value, at, wrong) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      wrong.push(finding('must provide an integer', at));
    } else if (value < min || value > max) {
      wrong.push(finding(`must be between ${min} and ${max}`, at));
    }
  };
}

export function oneOf(...values: readonly string[]): Rule {
  return (value, at, wrong) => {
    if (typeof value !== 'string' || !values.includes(value)) {
      wrong.push(finding(`value must be one of: ${values.join(', ')}`, at));
    }
  };
}

export function list(rule: Rule, max: number, min = 1): Rule {
  return (value, at, wrong) => {
    if (!Array.isArray(value)) {
      wrong.push(finding('must provide an array', at));
      return;
    }
    if (value.length < min) wrong.push(finding(`no less than ${min} items allowed`, at));
    if (value.length > max) wrong.push(finding(`no more than ${max} items allowed`, at));
    for (const [index, item] of value.entries()) rule(item, `${at}/${index}`, wrong);
  };
}

/** An object with these members and no others. */
export function shape(
  required: Readonly<Record<string, Rule>>,
  optional: Readonly<Record<string, Rule>> = {},
): Rule {
  return (value, at, wrong) => {
    if (!isObj(value)) {
      wrong.push(finding('must provide an object', at));
      return;
    }
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) wrong.push(finding(`missing required field: ${name}`, at));
    }
    for (const [name, member] of Object.entries(value)) {
      const rule = required[name] ?? optional[name];
      if (rule) rule(member, `${at}/${name}`, wrong);
      else wrong.push(finding(`invalid additional property: ${name}`, at));
    }
  };
}

/** An object whose `type` chooses its rule. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, at, wrong) => {
    if (!isObj(value)) {
      wrong.push(finding('must provide an object', at));
      return;
    }
    const rule = typeof value.type === 'string' ? rules[value.type] : undefined;
    if (value.type === undefined) wrong.push(finding('missing required field: type', at));
    else if (rule) rule(value, at, wrong);
    else wrong.push(finding(`unsupported type: ${String(value.type)}`, `${at}/type`));
  };
}

/** Anything: what is not looked into. */
export const any: Rule = () => undefined;
