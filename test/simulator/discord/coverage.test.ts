import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { coverage } from '../../../src/simulator/discord/index.ts';
import { routes } from '../../../src/simulator/discord/methods/index.ts';
import type { Json } from './kit.ts';
import { listen, privateThread, say, world } from './kit.ts';

const specFile = new URL('../../../../shared/specs/discord-openapi.json', import.meta.url);
const hasSpec = existsSync(specFile);

interface Spec {
  readonly paths: Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { schema: Json }> } }>
  >;
}

function readSpec(): Spec {
  return JSON.parse(readFileSync(specFile, 'utf8')) as Spec;
}

/** The families of the API that the pretender touches. */
const families = [
  /^\/channels\//,
  /^\/interactions\//,
  /^\/webhooks\/\{webhook_id\}\/\{webhook_token\}/,
  /^\/applications\/\{application_id\}\/(guilds\/\{guild_id\}\/)?commands/,
  /^\/gateway/,
];

describe('the coverage list', () => {
  it('names every registered method and nothing that is not registered', () => {
    const done = coverage.filter(one => one.state !== 'absent').map(one => one.method);
    expect(done.toSorted()).toEqual(routes.map(one => `${one.verb} ${one.path}`).toSorted());
    expect(new Set(coverage.map(one => one.method)).size).toBe(coverage.length);
    expect(coverage.filter(one => one.state === 'partial' && !one.note)).toEqual([]);
  });

  it.skipIf(!hasSpec)(
    'names every method of its families in Discord’s OpenAPI (skipped without ../shared/specs)',
    () => {
      const listed = new Set(coverage.map(one => one.method));
      const real = Object.entries(readSpec().paths)
        .filter(([path]) => families.some(family => family.test(path)))
        .flatMap(([path, verbs]) =>
          Object.keys(verbs)
            .filter(verb => /^(get|put|post|patch|delete)$/.test(verb))
            .map(verb => `${verb.toUpperCase()} ${path}`),
        );
      expect(real.filter(method => !listed.has(method))).toEqual([]);
      expect(real.length).toBeGreaterThan(70);
    },
  );
});

/** A validator for the JSON body of each method. */
function bodyChecks(spec: Spec) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema({ ...spec, $id: 'discord' } as Json, 'discord');
  return (verb: string, path: string) => {
    const escaped = path.replace(/~/g, '~0').replace(/\//g, '~1');
    const known = spec.paths[path]?.[verb.toLowerCase()]?.requestBody?.content['application/json'];
    return known
      ? ajv.compile({
          $ref: `discord#/paths/${escaped}/${verb.toLowerCase()}/requestBody/content/application~1json/schema`,
        })
      : undefined;
  };
}

describe.skipIf(!hasSpec)('Discord’s OpenAPI (skipped without ../shared/specs)', () => {
  it('accepts what the pretender accepts from the SDK', async () => {
    const { sim, rest } = await world();
    const gateway = await listen(sim);
    await rest.put(Routes.applicationCommands(sim.applicationId), {
      body: [{ name: 'ticket', description: 'd', options: [{ type: 1, name: 'open', description: 'o' }] }],
    });
    const thread = await privateThread(sim, rest, sim.person('ana').id);
    const buttons = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
    const sent = await say(rest, thread, {
      content: 'x',
      components: buttons,
      nonce: '1',
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    });
    await rest.patch(Routes.channelMessage(thread, String(sent.id)), { body: { content: 'y' } });
    await rest.patch(Routes.channel(sim.deskChannelId), {
      body: { available_tags: [{ name: 'High', emoji_name: '🔥' }] },
    });
    await rest.post(Routes.threads(sim.deskChannelId), {
      body: { name: 'p', message: { content: 'card', components: buttons } },
    });
    await sim.person('ana').presses('Go', thread);
    const { d } = await gateway.until(packet => packet.t === 'INTERACTION_CREATE');
    const modal = {
      custom_id: 'f',
      title: 'T',
      components: [{ type: 18, label: 'L', component: { type: 4, custom_id: 'a', style: 1 } }],
    };
    await rest.post(Routes.interactionCallback(String(d.id), String(d.token)), {
      auth: false,
      body: { type: 9, data: modal },
    });

    const check = bodyChecks(readSpec());
    const checked = sim.requests.flatMap(request => {
      const route = routes.find(
        one =>
          one.verb === request.method &&
          new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(request.path),
      );
      const validate = route && request.body ? check(route.verb, route.path) : undefined;
      return validate
        ? [
            {
              method: `${route?.verb} ${route?.path}`,
              valid: validate(request.body),
              errors: validate.errors,
            },
          ]
        : [];
    });
    expect(checked.filter(one => !one.valid)).toEqual([]);
    expect(checked.length).toBeGreaterThanOrEqual(7);
  });
});
