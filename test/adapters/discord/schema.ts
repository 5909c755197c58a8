/** Discord's own description of its API, as a check of what was sent to the pretend one. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RequestRecord } from '../../../src/simulator/model.ts';

const file = new URL('../../../../shared/specs/discord-openapi.json', import.meta.url);

interface Spec {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>>;
}

/** False where the description is not at hand: the check is then skipped. */
export const hasSchema = existsSync(file);

/** Methods that bots use and Discord's description leaves out. */
const undescribed: ReadonlySet<string> = new Set(['POST /attachments/refresh-urls']);

let checker: ((request: RequestRecord) => string | undefined) | undefined;

/** What is wrong with a request, or nothing. */
export function faultOf(request: RequestRecord): string | undefined {
  checker ??= makeChecker(JSON.parse(readFileSync(file, 'utf8')) as Spec);
  return checker(request);
}

function makeChecker(spec: Spec) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(spec, 'discord');
  const routes = Object.keys(spec.paths)
    .map(path => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
    // Literal routes before those with parameters.
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  const compiled = new Map<string, ValidateFunction>();
  const pointer = (part: string) =>
    part.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
  return ({ method, path, body }: RequestRecord) => {
    const plain = decodeURIComponent(path.replace(/^(?:\/api)?\/v10/, '').replace(/\?.*$/, ''));
    const verb = method.toLowerCase();
    if (undescribed.has(`${method} ${plain}`)) return undefined;
    const route = routes.find(one => one.pattern.test(plain) && spec.paths[one.path]?.[verb]);
    if (!route) return `${method} ${plain}: no such method`;
    if (!spec.paths[route.path]?.[verb]?.requestBody?.content['application/json'] || body === undefined)
      return undefined;
    const ref = `discord#/paths/${pointer(route.path)}/${verb}/requestBody/content/application~1json/schema`;
    const check = compiled.get(ref) ?? ajv.compile({ $ref: ref });
    compiled.set(ref, check);
    return check(body)
      ? undefined
      : `${method} ${plain}: ${ajv.errorsText(check.errors?.slice(0, 4))} in ${JSON.stringify(body).slice(0, 300)}`;
  };
}
