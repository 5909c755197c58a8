/** Who is let in: visitors by their secret, customers by what the site has signed, and nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asks, claims, connects, keys, newSecret, type OpenDesk, openDesk, stands, token } from './kit.ts';

const now = (): number => Math.floor(Date.now() / 1000);

describe('a token of the site, HS256', () => {
  let desk: OpenDesk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.stop());

  const status = async (shown: string): Promise<number> =>
    (await asks(desk, '/chat/do', { method: 'POST', shown, body: '{"t":"seen","seq":0}' })).status;
  const right = (over: object = {}): string => token(claims(over), { key: desk.site.secret });

  it('lets a customer in as the contact that it names, with the moment of the proof', async () => {
    const line = await stands(desk, right());
    line.says('key-00000001', 'hello');
    await line.got('ack');
    expect(desk.heard[0]?.from).toMatchObject({
      externalId: 'c-ana',
      name: 'Ana',
      vouched: { contact: 'ana', at: expect.stringMatching(/Z$/) },
    });
    line.socket.terminate();
  });

  it.each([
    ['signed with another key', () => token(claims(), { key: 'x'.repeat(43) })],
    ['alg:none', () => token(claims(), { alg: 'none', key: '' })],
    ['alg:None', () => token(claims(), { alg: 'None', key: desk.site.secret })],
    ['another algorithm under the same key', () => token(claims(), { alg: 'HS512', key: desk.site.secret })],
    ['EdDSA with a key of its own', () => token(claims(), { alg: 'EdDSA', key: keys().privateKey })],
    [
      'a key in its own header',
      () =>
        token(claims(), {
          key: 'k'.repeat(32),
          header: { jwk: { kty: 'oct', k: Buffer.from('k'.repeat(32)).toString('base64url') } },
        }),
    ],
    ['without an expiry', () => right({ exp: undefined })],
    ['without an audience', () => right({ aud: undefined })],
    ['for somebody else', () => right({ aud: 'another-desk' })],
    ['about nobody', () => right({ sub: undefined })],
    ['about an empty name', () => right({ sub: '' })],
    ['without its moment', () => right({ iat: undefined })],
    ['from the future', () => right({ iat: now() + 600, exp: now() + 900 })],
    ['good for a year', () => right({ exp: now() + 31_536_000 })],
    ['not yet good', () => right({ nbf: now() + 600 })],
    [
      'an unknown critical extension',
      () => token(claims(), { key: desk.site.secret, header: { crit: ['x'], x: 1 } }),
    ],
    ['cut off', () => right().slice(0, -3)],
    ['too long', () => right({ more: 'x'.repeat(5000) })],
    ['no token', () => 'hello'],
    ['a secret of nobody', () => `s-${'A'.repeat(43)}`],
  ])('%s: refused, by request and by socket', async (_, make) => {
    const shown = make();
    expect(await status(shown)).toBe(401);
    const line = await connects(desk, { t: 'hello', shown: shown.slice(0, 4200), after: 0 });
    expect(await line.closed).toBe(4401);
    expect(line.frames.map(({ t }) => t)).toEqual(['no']);
  });

  it('expired: said as such, so that the page gets a new one', async () => {
    const line = await connects(desk, {
      t: 'hello',
      shown: right({ iat: now() - 700, exp: now() - 60 }),
      after: 0,
    });
    expect(await line.closed).toBe(4401);
    expect(line.frames).toMatchObject([{ t: 'no', why: 'expired' }]);
  });

  it('a name of markup is a name, and refs that look alike are two people', async () => {
    const line = await stands(desk, right({ sub: 'a/../b', name: '<img src=x onerror=alert(1)>'.repeat(9) }));
    line.says('key-00000002', 'hi');
    await line.got('ack');
    const from = desk.heard.at(-1)?.from;
    expect(from?.externalId).toMatch(/^c-h-[\w-]{43}$/);
    expect(from?.name?.length).toBe(80);
    const other = await stands(desk, right({ sub: 'a/../B' }));
    other.says('key-00000003', 'hi');
    await other.got('ack');
    expect(desk.heard.at(-1)?.from?.externalId).not.toBe(from?.externalId);
    for (const one of [line, other]) one.socket.terminate();
  });
});

describe('a token of the site, EdDSA', () => {
  const pair = keys();
  let desk: OpenDesk;
  beforeAll(async () => {
    const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
    desk = await openDesk(() => ({ tokens: { key: { publicKey }, audience: 'switchdesk' } }));
  });
  afterAll(() => desk.stop());

  it('is let in, and the public key taken for a secret is not', async () => {
    const line = await stands(desk, token(claims(), { alg: 'EdDSA', key: pair.privateKey }));
    line.socket.terminate();
    const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
    for (const shown of [
      token(claims(), { key: publicKey }),
      token(claims(), { alg: 'EdDSA', key: keys().privateKey }),
      desk.site.tokenFor('ana', 'Ana'),
    ]) {
      const refused = await connects(desk, { t: 'hello', shown, after: 0 });
      expect(await refused.closed).toBe(4401);
    }
  });
});

describe('without a key', () => {
  it('everybody is a visitor, and a token is as good as none', async () => {
    const desk = await openDesk(() => ({ tokens: undefined }));
    try {
      const refused = await connects(desk, { t: 'hello', shown: desk.site.tokenFor('ana', 'Ana'), after: 0 });
      expect(await refused.closed).toBe(4401);
      (await stands(desk, await newSecret(desk))).socket.terminate();
    } finally {
      await desk.stop();
    }
  });
});
