import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkOpenId } from '../../src/cli/doctor/open-id.ts';
import { SECRET, type SignInServer, startProvider } from '../harness/sign-in-server.ts';

const SITE = 'https://desk.example';
let provider: SignInServer;
beforeEach(async () => {
  provider = await startProvider(`${SITE}/me/oidc/back`);
});
afterEach(async () => {
  await provider.close();
  vi.restoreAllMocks();
});

const check = (change: { issuer?: string; clientId?: string; clientSecret?: string } = {}, site = SITE) => {
  const settings = {
    issuer: provider.issuer,
    clientId: 'desk',
    clientSecret: SECRET,
    claim: 'sub',
    ...change,
  };
  return checkOpenId(settings, site, () => new Date());
};

test('a provider that knows the desk is well, with the client, its secret and the way back', async () => {
  const findings = await check();
  expect(findings.map(({ ok, mend }) => [ok, mend])).toEqual(Array(3).fill([true, undefined]));
  expect(findings.map(({ what }) => what).join('\n')).toMatch(
    /calls itself that\n.*the client desk and its secret\n.*sent back to https:\/\/desk\.example\/me\/oidc\/back$/,
  );
});

test('a wrong secret, a client that it does not know and a way back that it does not are told, each with what to do, and no secret', async () => {
  const wrong = await check({ clientSecret: 'another-secret-xyzzy' });
  expect(wrong.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(wrong[1]?.mend).toContain('OIDC_CLIENT_SECRET');
  expect(JSON.stringify(wrong)).not.toContain('xyzzy');
  const nobody = await check({ clientId: 'nobody' });
  expect(nobody.map(({ ok }) => ok)).toEqual([true, false, false]);
  expect(nobody[1]?.mend).toContain('OIDC_CLIENT_ID');
  const elsewhere = await check({}, 'https://other.example');
  expect(elsewhere.map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(elsewhere[2]?.mend).toBe(
    'Add https://other.example/me/oidc/back to the redirect URIs of the client desk at the provider, letter by letter.',
  );
});

test('one that is away, is no provider, or calls itself something else is told with the address to look at', async () => {
  const none = await check({ issuer: `${provider.issuer}/elsewhere` });
  expect(none).toEqual([
    { what: expect.any(String), ok: false, mend: expect.stringContaining('/elsewhere/.well-known/') },
  ]);
  const other = await startProvider(`${SITE}/me/oidc/back`, 'https://login.example.com');
  const [found] = await check({ issuer: other.issuer });
  expect(found?.mend).toBe(
    'It calls itself https://login.example.com: set OIDC_ISSUER to that, letter by letter.',
  );
  await other.close();
  const [away] = await check({ issuer: other.issuer });
  expect(away).toMatchObject({ ok: false, mend: expect.stringContaining('ECONNREFUSED') });
});
