import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOpenId } from '../../src/sign-in/open-id.ts';
import { column } from '../core/kit.ts';
import { SECRET, type SignInServer, startProvider } from '../harness/sign-in-server.ts';
import { type MeSite, startMe } from './me-kit.ts';

/** A browser with cookies for each site. Stops where `until` says, and gives the address at which it would look next. */
function newBrowser() {
  const jars = new Map<string, Map<string, string>>();
  async function go(
    address: string,
    { until = () => false, body }: { until?: (to: string) => boolean; body?: URLSearchParams } = {},
  ): Promise<{ url: string; status: number; text: string }> {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = body && { method: 'POST', body };
    const response = await fetch(address, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const to = response.headers.get('location');
    if (to === null) return { url: address, status: response.status, text: await response.text() };
    const next = new URL(to, address).href;
    return until(next) ? { url: next, status: response.status, text: '' } : go(next, { until });
  }
  /** From the desk to the provider's two windows, up to the address that leads back. */
  async function signsIn(site: string, name: string): Promise<string> {
    const isBack = (to: string): boolean => to.startsWith(`${site}/me/oidc/back`);
    const login = await go(`${site}/me/oidc`);
    const send = (page: { url: string; text: string }, more: Record<string, string>) => {
      const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? '';
      const body = new URLSearchParams({ prompt, ...more });
      return go(new URL(action, page.url).href, { body, until: isBack });
    };
    const consent = await send(login, { login: name, password: 'x' });
    const { url } = await send(consent, {});
    return url;
  }
  return { go, signsIn, jars };
}

let site: MeSite;
let provider: SignInServer;
let url = '';
let secret = SECRET;
beforeEach(async () => {
  const made = Promise.withResolvers<() => ReturnType<typeof createOpenId>>();
  const openId: ReturnType<typeof createOpenId> = {
    begin: async locale => (await made.promise)().begin(locale),
    end: async (address, held) => (await made.promise)().end(address, held),
  };
  site = await startMe({ http: { openId } });
  url = site.url;
  const redirect = `${url}/me/oidc/back`;
  provider = await startProvider(redirect);
  const known = { issuer: provider.issuer, clientId: 'desk', claim: 'sub', log: site.t.log };
  made.resolve(() => createOpenId({ ...known, clientSecret: secret, redirect, now: () => new Date() }));
});
afterEach(async () => {
  secret = SECRET;
  await site.close();
  await provider.close();
  vi.restoreAllMocks();
});

const sessions = () => column<number>(site.t.database, 'select count(*)::int from session');

test('Ana signs in with her customer account, and only the browser that went there comes back, once', async () => {
  const ana = newBrowser();
  expect((await ana.go(`${url}/me`)).text).toContain('Sign in with your customer account');
  const back = await ana.signsIn(url, 'c-1');
  const thief = newBrowser();
  await thief.go(`${url}/me`);
  expect((await thief.go(back)).text).toContain('Please start again here');
  expect(await sessions()).toEqual([0]);
  const page = await ana.go(back);
  expect([page.url, page.status]).toEqual([`${url}/me`, 200]);
  expect(page.text).toContain('c-1 · Acme');
  expect((await ana.go(back)).status).toBe(401);
  expect(await sessions()).toEqual([1]);
});

test('whoever the desk does not know, or the provider does not say, is not signed in', async () => {
  const eve = newBrowser();
  expect((await eve.go(await eve.signsIn(url, 'nobody-here'))).status).toBe(401);
  const ben = newBrowser();
  const back = new URL(await ben.signsIn(url, 'c-1'));
  back.searchParams.set('code', 'made-up');
  expect((await ben.go(back.href)).status).toBe(401);
  const other = newBrowser();
  await other.go(`${url}/me/oidc`, { until: () => true });
  const refused = await other.go(`${url}/me/oidc/back?error=access_denied&state=x`);
  expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('not signed in there')]);
  expect(await sessions()).toEqual([0]);
});

test('a code that was given to another begin is not taken, nor one for which the browser holds something made up', async () => {
  const [ana, eve] = [newBrowser(), newBrowser()];
  const [hers, evil] = [await ana.signsIn(url, 'c-1'), new URL(await eve.signsIn(url, 'e-1'))];
  // Eve’s code with what Ana’s browser began: she would be in Eve’s account without knowing.
  const mixed = new URL(hers);
  mixed.searchParams.set('code', evil.searchParams.get('code') ?? '');
  expect((await ana.go(mixed.href)).status).toBe(401);
  for (const held of ['', 'x', 'a.b.c', `${'a'.repeat(43)}.${'b'.repeat(43)}`, 'é'.repeat(90)]) {
    const jar = eve.jars.get(url);
    jar?.set('me-oidc', encodeURIComponent(held));
    expect((await eve.go(evil.href)).status).toBe(401);
  }
  expect(await sessions()).toEqual([0]);
});

test('while the provider is away the other ways are there, and it is asked again', async () => {
  await provider.close();
  const page = await newBrowser().go(`${url}/me/oidc`);
  expect([page.status, page.text]).toEqual([503, expect.stringContaining('cannot be reached just now')]);
  expect(page.text).toContain('action="/me/ask"');
  expect(site.t.log.lines.join()).toContain('the provider cannot be asked');
});

test('a secret that the provider does not know is in the log as that, and neither it nor a code is', async () => {
  secret = 'another-secret-0123456789-xyzzy';
  const ana = newBrowser();
  const back = await ana.signsIn(url, 'c-1');
  expect((await ana.go(back)).status).toBe(401);
  const log = site.t.log.lines.join('\n');
  expect(log).toContain('invalid_client');
  expect(log).not.toContain('xyzzy');
  expect(log).not.toContain(new URL(back).searchParams.get('code') ?? '-');
});
