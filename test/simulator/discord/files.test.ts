import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Json } from './kit.ts';
import { listen, privateThread, StillClock, world } from './kit.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const log = { name: 'trace.log', bytes: bytes('a line') };

describe('files of people', () => {
  it('come with the message, under a link that is good for a day and can be had anew', async () => {
    const clock = new StillClock();
    const { sim, rest } = await world({ clock });
    const gateway = await listen(sim);
    const ana = sim.person('ana');
    const thread = await privateThread(sim, rest, ana.id);
    await ana.says('', thread, [log]);
    const { d } = await gateway.until(one => one.t === 'MESSAGE_CREATE' && one.d.type === 0);
    const [file] = d.attachments as Json[];
    expect(file).toMatchObject({ filename: 'trace.log', size: 6 });
    const url = String(file?.url);
    expect(await (await fetch(url)).text()).toBe('a line');
    expect((await fetch(url.replace(/hm=\w/, 'hm=x'))).status).toBe(404);
    clock.advance(86_400_000);
    expect((await fetch(url)).status).toBe(404);
    const fresh = (await rest.post('/attachments/refresh-urls', {
      body: { attachment_urls: [url] },
    })) as Json;
    const [{ refreshed } = {}] = fresh.refreshed_urls as Json[];
    expect(await (await fetch(String(refreshed))).text()).toBe('a line');
    const seen = ana
      .screen()
      .places.find(one => one.id === thread)
      ?.messages.at(-1)?.files;
    expect(seen).toMatchObject([{ name: 'trace.log', size: 6 }]);
    await ana.deletes(String(d.id));
    expect((await fetch(String(refreshed))).status).toBe(404);
  });

  it('may be 10 MiB large, and ten at once', async () => {
    const { sim } = await world();
    const ana = sim.person('ana');
    const big = { name: 'big.bin', bytes: new Uint8Array(10 * 1024 * 1024 + 1) };
    await expect(ana.says('', undefined, [big])).rejects.toThrow('too powerful');
    await expect(ana.says('', undefined, Array(11).fill(log))).rejects.toThrow('10 files');
  });

  it('are put into the field of a form, and stand in what is sent', async () => {
    const { sim, rest } = await world();
    const gateway = await listen(sim);
    const route = Routes.applicationGuildCommands(sim.applicationId, sim.guildId);
    await rest.put(route, { body: [{ name: 'up', description: 'files' }] });
    const ana = sim.person('ana');
    const answer = async (body: Json, nth = 0) => {
      const asked = await gateway.until(
        one => one.t === 'INTERACTION_CREATE' && gateway.packets.filter(is => is.t === one.t)[nth] === one,
      );
      await rest.post(Routes.interactionCallback(String(asked.d.id), String(asked.d.token)), {
        body,
        auth: false,
      });
      return asked.d;
    };
    await ana.says('/up');
    const upload = { type: 19, custom_id: 'files', required: false, min_values: 0, max_values: 2 };
    await answer({
      type: 9,
      data: { custom_id: 'f', title: 'Files', components: [{ type: 18, label: 'Logs', component: upload }] },
    });
    await ana.sees('Files');
    await expect(ana.attaches([log, log, log])).rejects.toThrow('at most 2');
    await ana.attaches([log]);
    expect(ana.screen().modal?.fields).toMatchObject([{ kind: 'files', value: 'trace.log' }]);
    const sending = ana.submits();
    const { data } = (await answer({ type: 4, data: { content: 'ok', flags: 64 } }, 1)) as { data: Json };
    await sending;
    const [{ component }] = data.components as [{ component: { values: string[] } }];
    const [id = ''] = component.values;
    const { attachments } = data.resolved as { attachments: Record<string, Json> };
    expect(attachments[id]).toMatchObject({ filename: 'trace.log', size: 6, ephemeral: true });
    expect(await (await fetch(String(attachments[id]?.url))).text()).toBe('a line');
  });
});
