import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Screen } from '../../src/simulator/model.ts';
import { type SlackSimulator, startSlack } from '../../src/simulator/slack/index.ts';
import { createStage } from '../../src/simulator/stage/index.ts';
import { startTelegram, type TelegramSimulator } from '../../src/simulator/telegram/index.ts';
import { act, ask, LiveReader } from './kit.ts';

let slack: SlackSimulator;
let telegram: TelegramSimulator;
let stage: Hono;
let ended: AbortController;

beforeEach(async () => {
  [slack, telegram] = await Promise.all([startSlack({ rateLimits: false }), startTelegram()]);
  ended = new AbortController();
  stage = createStage({ simulators: [slack, telegram], signal: ended.signal });
});
afterEach(async () => {
  ended.abort();
  await Promise.all([slack.stop(), telegram.stop()]);
});

/** The answer's JSON; what is in it, the expectations say. */
const read = async <T>(response: Response): Promise<T> => (await response.json()) as T;
interface State {
  readonly screens: readonly Screen[];
}
interface Fault {
  readonly error: string;
}

const texts = (screen: Screen | undefined): string[] =>
  (screen?.places ?? []).flatMap(({ messages }) => messages.map(({ text }) => text));

describe('what is seen', () => {
  it('is the page, with a policy under which no script of elsewhere runs', async () => {
    const page = await ask(stage, '/');
    const policy = page.headers.get('content-security-policy') ?? '';
    const html = await page.text();
    expect(html).toContain('<title>Switchdesk – the stage</title>');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//);
  });

  it('has each file that the page names, and no other', async () => {
    const html = await (await ask(stage, '/')).text();
    const files = [...html.matchAll(/"\/stage(\/page\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect((await ask(stage, file)).status, file).toBe(200);
    for (const file of ['/page/index.ts', '/page/..%2Findex.ts', '/page/%2e%2e/guard.ts'])
      expect((await ask(stage, file)).status, file).toBe(404);
  });

  it('is the screen of everybody on every platform', async () => {
    await slack.person('ana').says('good morning', '#general');
    const { screens } = await read<State>(await ask(stage, '/state'));
    expect(screens).toHaveLength(slack.people.length + telegram.people.length);
    const ben = screens.find(one => one.platform === 'slack' && one.person === 'ben');
    expect(texts(ben)).toEqual(['good morning']);
  });

  it('keeps to the newest hundred messages of a place', async () => {
    for (let at = 1; at <= 101; at++) await slack.person('ana').says(`line ${at}`, '#general');
    const { screens } = await read<State>(await ask(stage, '/state'));
    const seen = texts(screens.find(one => one.person === 'ben'));
    expect([seen.length, seen[0], seen.at(-1)]).toEqual([100, 'line 2', 'line 101']);
  });
});

describe('the live stream', () => {
  it('begins with everybody, and goes on with those whose screen changed', async () => {
    const live = new LiveReader(await ask(stage, '/live'));
    const first = await live.next();
    expect(first?.screens).toHaveLength(slack.people.length + telegram.people.length);
    await telegram.person('ben').says('hello');
    const second = await live.next();
    expect(second?.screens.map(({ platform, person }) => [platform, person])).toEqual([['telegram', 'ben']]);
    await live.cancel();
  });

  it('makes one note of many changes at once', async () => {
    const live = new LiveReader(await ask(stage, '/live'));
    await live.next();
    for (let at = 0; at < 200; at++) await slack.person('ana').says(`line ${at}`, '#general');
    let notes = 0;
    for (;;) {
      const event = await live.next();
      notes += 1;
      if (event?.screens.some(screen => texts(screen).includes('line 199'))) break;
    }
    expect(notes).toBeLessThanOrEqual(3);
    await live.cancel();
  });

  it('ends when the demo ends', async () => {
    const live = new LiveReader(await ask(stage, '/live'));
    await live.next();
    ended.abort();
    while ((await live.next()) !== undefined);
    expect((await ask(stage, '/state')).status).toBe(200);
  });
});

describe('what is done', () => {
  it('is done by the person', async () => {
    const said = await act(stage, {
      platform: 'slack',
      person: 'ana',
      act: 'says',
      text: 'hi',
      where: '#random',
    });
    const { message } = await read<{ message: string }>(said);
    expect(texts(slack.person('ben').screen())).toEqual(['hi']);
    await act(stage, { platform: 'slack', person: 'ben', act: 'repliesTo', message, text: 'hi Ana' });
    await act(stage, { platform: 'slack', person: 'ben', act: 'goes', where: '#general' });
    const { places, current } = slack.person('ben').screen();
    expect(places.find(({ kind }) => kind === 'thread')?.messages.map(({ text }) => text)).toEqual([
      'hi',
      'hi Ana',
    ]);
    expect(places.find(({ id }) => id === current)?.title).toBe('#general');
  });

  it('comes back as a short text when the platform refuses it', async () => {
    const pressed = await act(stage, { platform: 'telegram', person: 'ben', act: 'presses', label: 'Send' });
    expect(pressed.status).toBe(409);
    expect(await pressed.json()).toEqual({
      error: expect.stringMatching(/^ben sees no button "Send"[^\n]*$/),
    });
    const nobody = await act(stage, { platform: 'slack', person: 'mallory', act: 'says', text: 'hi' });
    expect([nobody.status, (await read<Fault>(nobody)).error]).toEqual([
      409,
      expect.stringContaining('mallory'),
    ]);
    const nowhere = await act(stage, { platform: 'discord', person: 'ana', act: 'says', text: 'hi' });
    expect(await nowhere.json()).toEqual({ error: 'discord is not on this stage' });
  });

  it.each([
    ['no JSON', '{', 400],
    ['an unknown act', { platform: 'slack', person: 'ana', act: 'deletes' }, 400],
    ['no text', { platform: 'slack', person: 'ana', act: 'says', text: '' }, 400],
    ['a number for a text', { platform: 'slack', person: 'ana', act: 'says', text: 7 }, 400],
    ['a very long body', JSON.stringify({ text: 'x'.repeat(17 * 1024 * 1024) }), 413],
  ])('is refused in words with %s', async (_, body, status) => {
    const response = await act(stage, body);
    expect(response.status).toBe(status);
    expect((await read<Fault>(response)).error).toMatch(/^That is /);
  });
});

describe('somebody elsewhere', () => {
  const says = { platform: 'slack', person: 'ana', act: 'says', text: 'forged' };

  it.each([
    ['under another host name', { host: 'desk.example.com', origin: 'http://desk.example.com' }],
    [
      'under a name that only begins like ours',
      { host: 'localhost.example.com', origin: 'http://localhost.example.com' },
    ],
    ['from a page of another origin', { origin: 'http://evil.example' }],
    ['from another port of this machine', { origin: 'http://localhost:8080' }],
    ['from a page without an origin', { origin: 'null' }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ])('cannot act %s', async (_, headers) => {
    expect((await act(stage, says, headers)).status).toBe(403);
    expect(texts(slack.person('ana').screen())).toEqual([]);
  });

  it('cannot act with a plain form', async () => {
    const response = await act(stage, says, { 'content-type': 'text/plain' });
    expect(response.status).toBe(415);
    expect(texts(slack.person('ana').screen())).toEqual([]);
  });

  it('cannot look either, from another machine', async () => {
    const env = { incoming: { socket: { remoteAddress: '192.0.2.7' } } };
    const headers = { host: 'localhost:3000' };
    for (const path of ['/', '/state', '/live'])
      expect((await stage.request(path, { headers }, env)).status, path).toBe(403);
    const near = { incoming: { socket: { remoteAddress: '::ffff:127.0.0.1' } } };
    expect((await stage.request('/state', { headers }, near)).status).toBe(200);
  });
});
