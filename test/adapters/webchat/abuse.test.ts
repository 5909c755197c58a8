/** What a bubble would never do, and others will. */
import { createHash } from 'node:crypto';
import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bubbleSource } from '../../../src/adapters/webchat/script.ts';
import { asks, connects, newSecret, type OpenDesk, openDesk, stands } from './kit.ts';

let desk: OpenDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

const rows = async (text: string): Promise<number> =>
  (await desk.database.sql`select from line where body::text like ${`%${text}%`}`).count;

describe('frames', () => {
  it.each([
    ['no JSON', 'hello'],
    ['an array', '[]'],
    ['null', 'null'],
    ['of no kind', '{"t":"evil"}'],
    ['with more than belongs there', '{"t":"seen","seq":1,"admin":true}'],
    ['with a key of another shape', '{"t":"say","key":"a b","text":"x"}'],
    ['with a prototype', '{"t":"say","key":"key-00000001","text":"x","__proto__":{"x":1},"constructor":1}'],
    ['with an action that is none', '{"t":"press","key":"key-00000001","action":"a\\u0000b"}'],
    [
      'longer than a message may be',
      JSON.stringify({ t: 'say', key: 'key-00000001', text: 'x'.repeat(4001) }),
    ],
  ])('%s ends the connection, and nothing else is done', async (_, frame) => {
    const line = await stands(desk, await newSecret(desk));
    line.socket.send(frame);
    expect(await line.closed).toBe(1008);
    expect(desk.heard).toEqual([]);
  });

  it('giant and binary ones end the connection before anything is read', async () => {
    const secret = await newSecret(desk);
    const giant = await stands(desk, secret);
    giant.socket.send('x'.repeat(65 * 1024));
    expect(await giant.closed).toBe(1009);
    const binary = await stands(desk, secret);
    binary.socket.send(Buffer.alloc(10));
    expect(await binary.closed).toBe(1008);
    const early = await connects(desk);
    early.says('key-00000001', 'before the hello');
    expect(await early.closed).toBe(1008);
  });

  it('a flood is slowed, then cut off; others do not notice, and what was taken stands once', async () => {
    const other = await stands(desk, await newSecret(desk));
    const line = await stands(desk, await newSecret(desk));
    for (let n = 0; n < 300; n += 1) line.says(`key-${String(n).padStart(8, '0')}`, `flood ${n}`);
    expect(await line.closed).toBe(1008);
    other.says('key-other-01', 'still here');
    await other.got('ack');
    expect(
      desk.heard.filter(({ from }) => from?.externalId !== desk.heard.at(-1)?.from?.externalId).length,
    ).toBeLessThan(30);
    expect(await rows('flood')).toBeLessThan(30);
  });
});

describe('rooms of others', () => {
  it('a visitor sees and writes nothing but their own, whatever they ask for', async () => {
    const ben = await stands(desk, await newSecret(desk));
    ben.says('key-ben-0001', 'ben’s own words');
    await ben.got('ack');
    const eve = await stands(desk, await newSecret(desk));
    const deed = { t: 'say', key: 'key-eve-0001', text: 'x', files: [{ id: '../../etc/passwd', name: 'x' }] };
    eve.socket.send(JSON.stringify(deed));
    expect(await eve.got('no')).toMatchObject({ why: 'invalid', key: 'key-eve-0001' });
    expect(eve.frames.filter(({ t }) => t === 'line')).toEqual([]);
    for (const shown of ['', 'v-0000000000000000000000', 's-short', `s-${'A'.repeat(43)}`, "s-' or 1=1 --"])
      for (const [path, method] of [
        ['/chat/stream', 'GET'],
        ['/chat/do', 'POST'],
        ['/chat/files', 'POST'],
      ] as const) {
        const answer = await asks(desk, path, {
          method,
          shown: shown || undefined,
          ...(method === 'POST' && { body: '{}' }),
        });
        expect(answer.status, `${method} ${path} ${shown}`).toBe(401);
      }
  });

  it('the secret is nowhere: neither in the database nor in the log', async () => {
    const secret = await newSecret(desk);
    (await stands(desk, secret)).says('key-00000001', 'hi');
    const [dump] = await desk.database.sql<
      { all: string }[]
    >`select string_agg(r::text, ' ') as all from room r`;
    expect(dump?.all).toContain('v-');
    expect(`${dump?.all} ${desk.log.lines.join(' ')}`).not.toContain(secret.slice(2));
    const hash = createHash('sha256').update(`webchat:${secret}`).digest('hex');
    expect(dump?.all).toContain(hash);
  });

  it('an upload goes with the words of who has brought it, and with nobody else’s', async () => {
    const [ben, eve] = [await newSecret(desk), await newSecret(desk)];
    const kept = await asks(desk, '/chat/files', { method: 'POST', shown: ben, body: 'it broke' });
    const { id, size } = (await kept.json()) as { id: string; size: number };
    expect(size).toBe(8);
    const say = (key: string) =>
      JSON.stringify({ t: 'say', key, text: '', files: [{ id, name: '<b>trace</b>.log' }] });
    const stolen = await asks(desk, '/chat/do', { method: 'POST', shown: eve, body: say('key-eve-0001') });
    expect(await stolen.json()).toMatchObject({ t: 'no', why: 'invalid' });
    const own = await asks(desk, '/chat/do', { method: 'POST', shown: ben, body: say('key-ben-0001') });
    expect(await own.json()).toMatchObject({ t: 'ack' });
    expect(desk.heard).toMatchObject([
      { type: 'said', files: [{ source: id, name: '<b>trace</b>.log', size: 8 }] },
    ]);
  });

  it('whoever says nothing brings no files without end', async () => {
    let now = Date.now();
    const slow = await openDesk(() => ({ now: () => new Date(now) }));
    try {
      const [eve, ben] = [await newSecret(slow), await newSecret(slow)];
      const bring = async (shown: string) => {
        now += 60_000;
        return (await asks(slow, '/chat/files', { method: 'POST', body: 'x', shown })).status;
      };
      const taken: number[] = [];
      for (let times = 0; times < 40; times += 1) taken.push(await bring(eve));
      expect(taken.filter(status => status === 201)).toHaveLength(20);
      expect(taken.at(-1)).toBe(429);
      expect(await bring(ben)).toBe(201);
      // A file of others that is as large as all may be, and takes no room.
      await truncate(join(slow.uploadsAt, (await readdir(slow.uploadsAt))[0] ?? ''), 2 * 1024 ** 3);
      expect(await bring(ben)).toBe(503);
    } finally {
      await slow.stop();
    }
  });

  it('one address brings 300 MB at once, however many visitors it is', async () => {
    const wide = await openDesk(() => ({ files: { perMessage: 10, maxSize: 30 * 2 ** 20 } }));
    try {
      // Who does not say how much it is may bring as much as there can be.
      const bring = (shown: string) =>
        asks(wide, '/chat/files', {
          ...{ method: 'POST', shown, duplex: 'half' },
          body: new Blob(['x']).stream(),
        } as never);
      const taken: number[] = [];
      for (const shown of [await newSecret(wide), await newSecret(wide)])
        for (let files = 0; files < 6; files += 1) taken.push((await bring(shown)).status);
      expect(taken).toEqual([...Array.from({ length: 10 }, () => 201), 429, 429]);
    } finally {
      await wide.stop();
    }
  });

  it('a file above the policy’s size is refused, and nothing of it stays', async () => {
    const shown = await newSecret(desk);
    const body = Buffer.alloc(1024 * 1024 + 1, 1);
    expect((await asks(desk, '/chat/files', { method: 'POST', shown, body })).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 20; n += 1) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
    const unsaid = await asks(desk, '/chat/files', {
      method: 'POST',
      shown,
      body: chunks,
      duplex: 'half',
    } as never);
    expect(unsaid.status).toBe(413);
    expect(await readdir(desk.uploadsAt).catch(() => [])).toEqual([]);
  });
});

describe('pages of others', () => {
  it('get nothing, by whichever way; those of the site get exactly what they need', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `${desk.site.origin}.evil.example`,
      desk.site.origin.replace('http:', 'https:'),
    ]) {
      const answer = await asks(desk, '/chat/session', { method: 'POST', origin, body: '{}' });
      expect([origin, answer.status]).toEqual([origin, 403]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      await expect(connects(desk, undefined, origin)).rejects.toThrow('403');
    }
    const preflight = await asks(desk, '/chat/do', { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(desk.site.origin);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    expect(preflight.headers.get('vary')).toBe('Origin');
    expect((await asks(desk, '/chat/nothing', { shown: await newSecret(desk) })).status).toBe(404);
    await expect(connects({ ...desk, url: `${desk.url}/x` } as OpenDesk)).rejects.toThrow('404');
  });

  it('the script is public, small, and reads nothing as HTML', async () => {
    const answer = await fetch(`${desk.url}/chat.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const source = await answer.text();
    expect(source).toBe(bubbleSource());
    expect(gzipSync(source).length).toBeLessThan(30 * 1024);
    expect(source).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.style\b/,
    );
    const again = await fetch(`${desk.url}/chat.js`, {
      headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('when the desk cannot', () => {
  it('what it does not take is said to be later, and stands once when it comes again', async () => {
    const shown = await newSecret(desk);
    const line = await stands(desk, shown);
    desk.deaf = true;
    line.says('key-00000001', 'only once');
    expect(await line.got('no')).toMatchObject({ why: 'later', key: 'key-00000001' });
    expect(await rows('only once')).toBe(0);
    desk.deaf = false;
    line.says('key-00000001', 'only once');
    await line.got('ack');
    line.says('key-00000001', 'only once');
    await expect.poll(() => line.frames.filter(({ t }) => t === 'ack').length).toBe(2);
    expect(desk.heard).toHaveLength(1);
    expect(await rows('only once')).toBe(1);
  });

  it('without its database it owes an answer, and refuses nothing for good', async () => {
    const broken = await openDesk(() => ({
      rooms: new Proxy({} as never, { get: () => () => Promise.reject(new Error('away')) }),
    }));
    try {
      const to = 'c-ana';
      const message = { id: '1', class: 'reply', text: 'x', buttons: [] } as const;
      for (const receipt of [
        await broken.channel.deliver(message, to),
        await broken.channel.edit?.(message, to, '1'),
        await broken.channel.remove?.(to, '1'),
        await broken.channel.openChat?.({ space: '', externalId: to }),
      ])
        expect(receipt).toMatchObject({ outcome: 'unknown' });
      const lookup = {
        id: '1',
        kind: 'post',
        mark: '',
        to,
        person: undefined,
        near: undefined,
        since: new Date(),
        others: [],
      } as const;
      expect(await broken.channel.find?.(lookup)).toEqual({ outcome: 'unsure' });
      expect((await asks(broken, '/chat/session', { method: 'POST', body: '{}' })).status).toBe(503);
      expect(await broken.channel.fetchFile?.({ source: 'no-file', name: 'x' }, 10)).toMatchObject({
        outcome: 'refused',
      });
    } finally {
      await broken.stop();
    }
  });
});

describe('without a WebSocket', () => {
  it('an event stream says what a socket would, from where the bubble has come to, and ends with the desk', async () => {
    const shown = await newSecret(desk);
    const say = (key: string, text: string) =>
      asks(desk, '/chat/do', { method: 'POST', shown, body: JSON.stringify({ t: 'say', key, text }) });
    await say('key-00000001', 'one');
    await say('key-00000002', 'two');
    const answer = await asks(desk, '/chat/stream?after=1', { shown });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = (answer.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    let text = '';
    const until = async (what: string): Promise<void> => {
      while (!text.includes(what)) text += (await reader.read()).value ?? '';
    };
    await until('"ready"');
    expect(text).toContain('two');
    expect(text).not.toContain('"one"');
    await say('key-00000003', 'three');
    await until('three');
    await desk.stop();
    for (;;) if ((await reader.read().catch(() => ({ done: true }))).done) break;
    desk = await openDesk();
  });
});
