import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownPlace } from '../../../src/core/index.ts';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, startDesk } from './desk.ts';

let desk: Desk;
let ana: SlackPerson;
let place: KnownPlace;
let root: string;

beforeEach(async () => {
  desk = await startDesk({ desk: true });
  ana = desk.sim.person('ana');
  const receipt = await desk.channel.openThread?.({
    ...{ id: '1', class: 'reply', text: 'Hello', buttons: [], title: '#1 Mail', mark: '#1' },
    person: { space: desk.sim.teamId, externalId: ana.id },
  });
  if (receipt?.outcome !== 'delivered') throw new Error(JSON.stringify(receipt));
  root = receipt.ref ?? '';
  place = { address: receipt.address ?? '', role: 'customer', lastRef: root, since: new Date() };
});
afterEach(() => desk.stop());

/** What people do while the desk is down: nothing of it is told. */
async function whileDown(act: () => Promise<void>): Promise<void> {
  desk.sim.setRequestUrl(undefined);
  await act();
  await desk.sim.settled();
  expect(desk.heard).toEqual([]);
}
const catchUp = (place: KnownPlace, sink = desk.sink) =>
  desk.channel.catchUp?.(sink, place, new AbortController().signal);
const texts = () => desk.heard.flatMap(event => (event.type === 'said' ? [event.text] : []));

describe('what was missed', () => {
  it('is read back in its order, from people only, since the last known message', async () => {
    await whileDown(async () => {
      for (const text of ['one', 'two', 'three']) await ana.repliesTo(root, text);
      await desk.channel.deliver({ id: '9', class: 'reply', text: 'ours', buttons: [] }, place.address);
    });
    await catchUp(place);
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(desk.heard).toMatchObject([
      { place: place.address, direct: false, from: { space: desk.sim.teamId, externalId: ana.id } },
      {},
      {},
    ]);
    const [, second] = desk.heard;
    if (second?.type !== 'said') throw new Error('nothing was heard');
    desk.heard.length = 0;
    await catchUp({ ...place, lastRef: second.ref });
    expect(texts()).toEqual(['three']);
  });

  it('is read back once when it was also sent to the channel', async () => {
    await whileDown(async () => {
      await ana.repliesTo(root, 'aloud', { broadcast: true });
    });
    await catchUp(place);
    expect(texts()).toEqual(['aloud']);
    expect(desk.heard).toMatchObject([{ place: place.address, direct: false }]);
  });

  it('is the same event as the one that Slack may still tell of', async () => {
    const said = desk.hears('said');
    await ana.repliesTo(root, 'one');
    const { eventId } = await said;
    desk.heard.length = 0;
    await catchUp({ ...place, lastRef: undefined, since: new Date(0) });
    expect(desk.heard.map(event => event.eventId)).toEqual([eventId]);
  });

  it('has changes: newer than those that were told of before', async () => {
    let id = '';
    const edited = desk.hears('edited');
    id = (await ana.repliesTo(root, 'one')) ?? '';
    await ana.edits(id, 'two');
    const before = await edited;
    await ana.edits(id, 'three');
    await desk.sim.settled();
    desk.heard.length = 0;
    await catchUp(place);
    expect(desk.heard).toMatchObject([
      { type: 'said', ref: id, text: 'three' },
      { type: 'edited', ref: id, text: 'three' },
    ]);
    const [, after] = desk.heard;
    expect(after?.type === 'edited' && after.version > before.version).toBe(true);
  });

  it('is read over pages, with files, in chats without threads and at the desk', async () => {
    const [chat = ''] = place.address.split('/');
    const bob = desk.sim.person('bob');
    let post = '';
    await whileDown(async () => {
      for (let n = 0; n < 205; n++) await ana.says(`word ${n}`, chat);
      await ana.says('', chat, [{ name: 'a.txt', bytes: new Uint8Array(3) }]);
      post = (await bob.says('#1', 'support-desk')) ?? '';
      await bob.repliesTo(post, 'On it');
    });
    await catchUp({ ...place, address: chat });
    await catchUp({ ...place, role: 'desk', address: `${desk.sim.deskChannelId}/${post}` });
    expect(texts()).toEqual([...Array.from({ length: 205 }, (_, n) => `word ${n}`), '', 'On it']);
    expect(desk.heard.at(-2)).toMatchObject({ direct: true, files: [{ name: 'a.txt' }] });
  });

  it('is waited for when Slack says so, and not asked for again where it cannot be read', async () => {
    await whileDown(async () => void (await ana.repliesTo(root, 'one')));
    desk.sim.addFault({ match: /conversations\.replies/, kind: 'status', status: 429, retryAfterSeconds: 0 });
    expect(await catchUp({ ...place, address: 'C0GONE/1.000001' })).toBe('channel_not_found');
    expect(await catchUp({ ...place, address: 'nonsense' })).toBeDefined();
    expect(await catchUp(place)).toBeUndefined();
    expect(texts()).toEqual(['one']);
  });

  it('is asked for again when Slack errs, and when it could not be stored', async () => {
    await whileDown(async () => void (await ana.repliesTo(root, 'one')));
    desk.sim.revoke('token_revoked');
    await expect(catchUp(place)).rejects.toThrow('token_revoked');
    desk.sim.revoke();
    await expect(catchUp(place, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(await catchUp(place)).toBeUndefined();
    expect(texts()).toEqual(['one']);
  });
});

describe('the check', () => {
  const wrong = async () => ((await desk.channel.check?.()) ?? []).filter(({ ok }) => !ok);

  it('finds nothing wrong where all is well', async () => {
    expect(await wrong()).toEqual([]);
    expect((await desk.channel.check?.())?.length).toBeGreaterThan(10);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a token that was taken back', () => desk.sim.revoke('account_inactive'), /account_inactive/],
    ['a channel without the app', () => desk.sim.putBot('support-desk', false), /not in it/],
  ])('finds %s', async (_, spoil, words) => {
    spoil();
    const [finding, ...others] = await wrong();
    expect(finding?.what).toMatch(words);
    expect(finding?.mend).toBeTruthy();
    expect(others).toEqual([]);
  });

  it('finds scopes that are missing', async () => {
    await desk.stop();
    const all = desk.sim.scopes;
    desk = await startDesk({ desk: true, scopes: all.filter(scope => !/^files|usergroups/.test(scope)) });
    expect((await wrong()).map(({ what }) => what.split(': ')[1])).toEqual([
      'scope files:read',
      'scope files:write',
      'scope usergroups:read',
    ]);
  });
});

describe('faults of rights', () => {
  it.each([
    ['token_revoked', () => desk.sim.revoke('token_revoked'), () => desk.sim.revoke()],
    [
      'not_in_channel',
      () => desk.sim.putBot('support-desk', false),
      () => desk.sim.putBot('support-desk', true),
    ],
  ])('%s: what is to be sent waits, and is sent when it is mended', async (code, spoil, mend) => {
    const send = () =>
      desk.channel.deliver({ id: '7', class: 'reply', text: 'x', buttons: [] }, desk.sim.deskChannelId);
    spoil();
    expect(await send()).toMatchObject({ outcome: 'retry', why: expect.stringContaining(code) });
    mend();
    expect(await send()).toMatchObject({ outcome: 'delivered' });
  });
});
