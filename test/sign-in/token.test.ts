import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { readClientArea } from '../../src/config/client-area.ts';
import { createTokenReader } from '../../src/sign-in/token.ts';
import { column } from '../core/kit.ts';
import { type MeSite, startMe } from '../http/me-kit.ts';

const SECRET = 's'.repeat(40);
const AUDIENCE = 'https://desk.example.com/me';
const NOW = new Date('2026-11-22T13:30:00Z');
const second = (more: number): number => NOW.getTime() / 1000 + more;
const hmac = Buffer.from(SECRET);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const jwt = (claims: Record<string, unknown> = {}): SignJWT =>
  new SignJWT({ sub: 'c-1', aud: AUDIENCE, exp: second(60), ...claims });
const signed = (claims: Record<string, unknown> = {}, key: Uint8Array = hmac): Promise<string> =>
  jwt(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
const reader = (now = NOW) =>
  createTokenReader({ key: { alg: 'HS256', secret: SECRET }, audience: AUDIENCE, now: () => now });

describe('a token of the client area', () => {
  test('says whose it is, by HS256 or by EdDSA', async () => {
    expect(await reader()(await signed())).toMatchObject({ ref: 'c-1' });
    const read = createTokenReader({ key: { alg: 'EdDSA', pem }, audience: AUDIENCE, now: () => NOW });
    expect(await read(await jwt().setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey))).toMatchObject({
      ref: 'c-1',
    });
    // The public key taken for a secret (RFC 8725 §2.1).
    expect(await read(await signed({}, Buffer.from(pem)))).toBeUndefined();
  });

  test('is nothing when anything is wrong with it', async () => {
    const [head = '', body = '', seal = ''] = (await signed()).split('.');
    const other = Buffer.from(JSON.stringify({ sub: 'c-2', aud: AUDIENCE, exp: second(60) })).toString(
      'base64url',
    );
    const wrong: Record<string, string> = {
      'another key': await signed({}, Buffer.from('x'.repeat(40))),
      over: await signed({ exp: second(-31) }),
      'never over': await signed({ exp: undefined }),
      'over in a year': await signed({ exp: second(365 * 86_400) }),
      'not yet': await signed({ nbf: second(120) }),
      'for somebody else': await signed({ aud: 'https://desk.example.com/chat' }),
      'for nobody': await signed({ aud: undefined }),
      'of nobody': await signed({ sub: undefined }),
      'of an empty name': await signed({ sub: '' }),
      'not signed': new UnsecuredJWT({ sub: 'c-1', aud: AUDIENCE, exp: second(60) }).encode(),
      'no seal': `${head}.${body}.`,
      'another body': `${head}.${other}.${seal}`,
      'another algorithm': await jwt()
        .setProtectedHeader({ alg: 'HS512' })
        .sign(Buffer.from('s'.repeat(64))),
      'no token': 'hello',
      nothing: '',
    };
    for (const [what, token] of Object.entries(wrong)) expect(await reader()(token), what).toBeUndefined();
  });
});

const csrfOf = (text: string): string => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';

/** The same token with its signature written in other ways that decode to the same bytes. */
function spellings(token: string): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(token.at(-1) ?? '');
  const beside = letters[last % 4 === 3 ? last - 1 : last + 1] ?? '';
  return [`${token.slice(0, -4)} ${token.slice(-4)}`, `${token.slice(0, -1)}${beside}`, `${token}=`];
}

describe('coming from the client area', () => {
  let site: MeSite;
  afterEach(() => site.close());

  test('shows who one will be, signs in with a press, once, and is as fresh a proof as there is', async () => {
    site = await startMe({ http: { token: reader() } });
    const token = await signed();
    const ana = site.browser();
    const page = await ana.get(`/me/enter?token=${token}`);
    expect(page.text).toContain('Sign in as c-1 of Acme?');
    expect(await column(site.t.database, 'select count(*)::int from session')).toEqual([0]);
    expect((await ana.send('/me/enter')).path).toBe('/me');
    expect((await ana.get('/me/settings')).text).toContain('from the client area');
    const eve = site.browser();
    await eve.get(`/me/enter?token=${token}`);
    const again = await eve.send('/me/enter');
    expect([again.status, again.text]).toEqual([401, expect.stringContaining('does not work any more')]);
    for (const spelt of spellings(token)) {
      await eve.get(`/me/enter?token=${encodeURIComponent(spelt)}`);
      expect(
        (await eve.post('/me/enter', { csrf: csrfOf(again.text), token: spelt })).status,
        spelt.slice(-4),
      ).toBe(401);
    }
    expect(await column(site.t.database, 'select count(*)::int from session')).toEqual([1]);
    expect((await eve.get(`/me/enter?token=${await signed({ sub: 'nobody' })}`)).status).toBe(401);
  });
});

describe('the key', () => {
  const directory = mkdtempSync(join(tmpdir(), 'switchdesk-key-'));
  const at = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const PUBLIC_URL = 'https://desk.example.com';

  test('is a secret or a file, and every fault is told with what to do, never its value', () => {
    expect(readClientArea({})).toEqual({ faults: [] });
    expect(readClientArea({ PUBLIC_URL, CLIENT_AREA_JWT_SECRET: SECRET }).key).toEqual({
      alg: 'HS256',
      secret: SECRET,
    });
    const file = at('public.pem', pem);
    expect(readClientArea({ PUBLIC_URL, CLIENT_AREA_JWT_PUBLIC_KEY_FILE: file }).key).toEqual({
      alg: 'EdDSA',
      pem,
    });
    const both = readClientArea({ CLIENT_AREA_JWT_SECRET: 'short', CLIENT_AREA_JWT_PUBLIC_KEY_FILE: file });
    expect(both.faults).toHaveLength(3);
    expect(both.faults.join()).not.toContain('"short"');
    for (const [path, words] of [
      [join(directory, 'none'), 'cannot be read'],
      [at('private.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()), 'private key'],
      [at('x.pem', 'hello'), 'no Ed25519 public key'],
    ] as const)
      expect(readClientArea({ PUBLIC_URL, CLIENT_AREA_JWT_PUBLIC_KEY_FILE: path }).faults.join()).toContain(
        words,
      );
  });
});
