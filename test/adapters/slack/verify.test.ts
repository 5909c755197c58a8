import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDistrust } from '../../../src/adapters/slack/verify.ts';
import type { RawRequest } from '../../../src/core/index.ts';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const NOW = new Date('2026-11-22T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;

const distrust = createDistrust(SECRET);

const sign = (body: string, at: number | string, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;

const request = (body: string, at: number | string, signature = sign(body, at)): RawRequest => ({
  headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': String(at) },
  body,
  now: NOW,
});

describe('a request is believed', () => {
  it.each([0, -300, 300, -299])('when signed %i s from now', shift => {
    expect(distrust(request('text=ż', SECONDS + shift))).toBeUndefined();
  });
});

describe('a request is not believed', () => {
  it.each<[string, RawRequest]>([
    ['signed 301 s ago', request('x', SECONDS - 301)],
    ['signed 301 s ahead', request('x', SECONDS + 301)],
    ['with another secret', request('x', SECONDS, sign('x', SECONDS, 'other'))],
    ['with another body', request('xx', SECONDS, sign('x', SECONDS))],
    ['with another time', request('x', SECONDS, sign('x', SECONDS - 1))],
    ['with another version', request('x', SECONDS, sign('x', SECONDS).replace('v0', 'v1'))],
    ['with half a signature', request('x', SECONDS, sign('x', SECONDS).slice(0, 20))],
    ['with a time that is no number', request('x', 'NaN')],
    ['with a time that is not whole', request('x', `${SECONDS}.5`)],
    ['with a padded time', request('x', `0${SECONDS}`)],
    [
      'without a signature',
      { headers: { 'x-slack-request-timestamp': String(SECONDS) }, body: 'x', now: NOW },
    ],
    ['without a time', { headers: { 'x-slack-signature': sign('x', SECONDS) }, body: 'x', now: NOW }],
  ])('%s', (_, forged) => {
    expect(distrust(forged)).toEqual(expect.any(String));
  });

  it('without a secret of ours', () => {
    expect(createDistrust(undefined)(request('x', SECONDS))).toMatch(/signing secret/);
    expect(createDistrust('')(request('x', SECONDS, sign('x', SECONDS, 'x')))).toMatch(/signing secret/);
  });

  it('whatever the headers hold, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (signature, at, body) => {
        expect(distrust(request(body, at, signature))).toEqual(expect.any(String));
      }),
    );
  });
});
