import { expect, test } from 'vitest';
import { readOpenId } from '../../src/config/open-id.ts';

const whole = {
  OIDC_ISSUER: 'https://login.example.com/realms/hosting',
  OIDC_CLIENT_ID: 'desk',
  OIDC_CLIENT_SECRET: 'xyzzy-secret',
  PUBLIC_URL: 'https://desk.example.com',
};

test('with all of it people sign in by the claim sub, or by another; without the issuer nobody does', () => {
  expect(readOpenId(whole)).toEqual({
    settings: { issuer: whole.OIDC_ISSUER, clientId: 'desk', clientSecret: 'xyzzy-secret', claim: 'sub' },
    faults: [],
  });
  expect(readOpenId({ ...whole, OIDC_CONTACT_CLAIM: 'customer_ref' }).settings?.claim).toBe('customer_ref');
  expect(readOpenId({ ...whole, OIDC_ISSUER: 'http://127.0.0.1:8080' }).faults).toEqual([]);
  expect(readOpenId({ PUBLIC_URL: whole.PUBLIC_URL })).toEqual({ faults: [] });
});

test.each([
  [{ OIDC_ISSUER: 'http://login.example.com' }, 'must be https'],
  [{ OIDC_ISSUER: 'login.example.com' }, 'no address'],
  [{ OIDC_ISSUER: 'https://user@login.example.com' }, 'no address'],
  [{ OIDC_CLIENT_ID: undefined }, 'OIDC_CLIENT_ID is not'],
  [{ OIDC_CLIENT_SECRET: undefined }, 'OIDC_CLIENT_SECRET is not'],
  [{ OIDC_CONTACT_CLAIM: 'a b' }, 'no name of a claim'],
  [{ PUBLIC_URL: undefined }, 'PUBLIC_URL is not'],
  [{ OIDC_ISSUER: undefined }, 'OIDC_CLIENT_ID is set but OIDC_ISSUER is not'],
])('%j is refused, and no secret is said', (change, words) => {
  const { settings, faults } = readOpenId({ ...whole, ...change });
  expect(settings).toBeUndefined();
  expect(faults).toEqual([expect.stringContaining(words)]);
  expect(faults.join()).not.toContain('xyzzy');
});
