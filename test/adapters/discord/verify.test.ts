import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readPublicKey, whyRefused } from '../../../src/adapters/discord/verify.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
const key = readPublicKey(hex);
const now = new Date('2026-11-22T12:00:00Z');

function signed(body: string, at: Date = now, signedBody = body) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = sign(null, Buffer.from(timestamp + signedBody), privateKey).toString('hex');
  return { headers: { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp }, body, now };
}

const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('a request over HTTP', () => {
  it('is believed when Discord signed exactly this body', () => {
    expect(whyRefused(signed('{"type":1}'), key)).toBeUndefined();
    expect(whyRefused(signed('{"text":"zażółć 🎫"}'), key)).toBeUndefined();
  });

  it('is refused when one byte of the body, of the time or of the signature differs', () => {
    const good = signed('{"type":1}');
    expect(whyRefused({ ...good, body: '{"type":2}' }, key)).toBe('the signature is wrong');
    expect(
      whyRefused(
        {
          ...good,
          headers: {
            ...good.headers,
            'x-signature-timestamp': `${Number(good.headers['x-signature-timestamp']) + 1}`,
          },
        },
        key,
      ),
    ).toBe('the signature is wrong');
    const flipped = good.headers['x-signature-ed25519'].replace(/^./, c => (c === '0' ? '1' : '0'));
    expect(whyRefused({ ...good, headers: { ...good.headers, 'x-signature-ed25519': flipped } }, key)).toBe(
      'the signature is wrong',
    );
  });

  it('is refused when it is older or newer than 300 s', () => {
    expect(whyRefused(signed('{}', later(-300)), key)).toBeUndefined();
    expect(whyRefused(signed('{}', later(300)), key)).toBeUndefined();
    expect(whyRefused(signed('{}', later(-301)), key)).toBe('the signature is stale');
    expect(whyRefused(signed('{}', later(301)), key)).toBe('the signature is stale');
  });

  it('is refused without headers, with senseless ones, and without a configured key', () => {
    expect(whyRefused({ headers: {}, body: '{}', now }, key)).toMatch(/missing/);
    const good = signed('{}');
    for (const signature of ['', 'zz', `${good.headers['x-signature-ed25519']}00`]) {
      expect(
        whyRefused({ ...good, headers: { ...good.headers, 'x-signature-ed25519': signature } }, key),
      ).toMatch(/missing/);
    }
    for (const time of ['', 'now', '-1', '1e9', '99999999999999']) {
      expect(
        whyRefused({ ...good, headers: { ...good.headers, 'x-signature-timestamp': time } }, key),
      ).toMatch(/missing/);
    }
    expect(whyRefused(good, undefined)).toMatch(/no public key/);
  });

  it('needs a key of 64 hex digits, which the error does not repeat', () => {
    for (const bad of ['', 'secret', hex.slice(1), `${hex}00`, 'g'.repeat(64)]) {
      expect(() => readPublicKey(bad)).toThrow('the Discord public key must be 64 hex digits');
    }
  });
});
