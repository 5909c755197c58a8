import { expect, test } from 'vitest';
import { audit } from '../../bench/faults/auditor.ts';
import type { Deed, Evidence, Said } from '../../bench/faults/model.ts';
import type { MessageView, PlaceView, Screen } from '../../src/simulator/model.ts';

const [first, second] = ['q00001q', 'q00002q'];
let ids = 0;

function message(text: string, more: Partial<MessageView> = {}): MessageView {
  return {
    id: String(++ids),
    author: 'somebody',
    bot: true,
    text,
    html: '',
    buttons: [],
    reactions: [],
    ephemeral: false,
    edited: false,
    at: 0,
    ...more,
  } as MessageView;
}

const own = (text: string, ...marks: string[]): MessageView =>
  message(text, { bot: false, reactions: marks.map(emoji => ({ emoji, count: 1 })) });

function place(kind: PlaceView['kind'], title: string, messages: readonly MessageView[]): PlaceView {
  return { id: `${kind}-${title}-${++ids}`, title, kind, tags: [], archived: false, canType: true, messages };
}

function screen(person: string, platform: Screen['platform'], places: readonly PlaceView[]): Screen {
  const role = person === 'bob' ? 'staff' : 'customer';
  const rest = { locale: 'en', current: '', modal: null, alerts: [], commands: [] };
  return { person, platform, role, places, ...rest };
}

function deed(token: string, kind: Deed['kind'], platform: Deed['platform'], more: Partial<Deed> = {}): Deed {
  return { token, kind, platform, person: 'ana', number: 1, at: 0, ...more };
}

/** Ana's conversation and Bob's post of ticket 1. */
function world(
  deeds: readonly Deed[],
  conversation: readonly MessageView[],
  post: readonly MessageView[],
  acknowledged: Evidence['acknowledged'] = new Map(),
): Evidence {
  const platform = deeds[0]?.platform ?? 'slack';
  const screens = [
    screen('ana', platform, [place('thread', '#1 Mail', conversation)]),
    screen('bob', 'discord', [place('post', '#1 Mail', post)]),
  ];
  return { deeds, screens, acknowledged };
}

const wrote = [deed(first, 'wrote', 'discord'), deed(second, 'wrote', 'discord')] as const;
const said = [own(`a ${first}`), own(`b ${second}`)];

test('a storm after which all is where it belongs has nothing to count', () => {
  const found = audit(world(wrote, said, [message(`ana: ${first}`), message(`ana: ${second}`)]));
  expect(found).toMatchObject({
    people_did: 2,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    unknown_hidden: 0,
    faults: [],
  });
});

test('what the desk does not show is lost, and so is what it shows in another ticket', () => {
  const elsewhere = world(wrote, said, [message(first)]);
  const other = screen('bob', 'discord', [
    place('post', '#1 Mail', [message(first)]),
    place('post', '#2 Web', [message(second)]),
  ]);
  expect(audit(elsewhere).lost).toBe(1);
  expect(audit({ ...elsewhere, screens: [...elsewhere.screens.slice(0, 1), other] }).lost).toBe(1);
});

test('who was told that it has not reached us has lost nothing', () => {
  const refused = [...said, message('Ticket #1 is closed, so your message has not reached us.')];
  expect(audit(world(wrote, refused, [])).lost).toBe(0);
});

test('who was asked once more has lost nothing, unless they asked for the form since', () => {
  const said = (...after: MessageView[]) =>
    audit(world([deed(first, 'wrote', 'telegram')], [own(`a ${first}`), ...after], [])).lost;
  const question = message('How urgent is it? Critical is for a complete outage.');
  expect(said(question)).toBe(0);
  expect(said(message('This goes to ticket #1'), question)).toBe(0);
  expect(said()).toBe(1);
  expect(said(own('/ticket'), question)).toBe(1);
  expect(said(own('/ticket'), message('You had begun to open a ticket.'))).toBe(0);
  const offer = message('You have no open ticket. Shall we open one?');
  expect(said(offer, own('/ticket'), question)).toBe(0);
  expect(said(own('/ticket'), offer, question)).toBe(1);
  expect(
    said(own('/ticket'), offer, message('What you wrote goes with your ticket.\n\nHow urgent is it?')),
  ).toBe(0);
  expect(audit(world([deed(first, 'wrote', 'slack')], [own(`a ${first}`), question], [])).lost).toBe(1);
});

test('of what somebody wrote each time that they were asked, one has to be there', () => {
  const opened = [deed(second, 'opened', 'telegram', { seen: true, instead: [first, second] })];
  expect(audit(world(opened, [], [message(first)])).lost).toBe(0);
  expect(audit(world(opened, [], [])).lost).toBe(1);
});

test('what stands twice is counted, as a message, as a ticket and as a place', () => {
  const twice = [message(first), message(first), message(second)];
  expect(audit(world(wrote, said, twice)).duplicated).toBe(1);
  const opened = [deed(first, 'opened', 'slack', { seen: true })];
  const posts = [place('post', '#1 Mail', [message(first)]), place('post', '#2 Mail', [message(first)])];
  expect(
    audit({ deeds: opened, screens: [screen('bob', 'discord', posts)], acknowledged: new Map() }).duplicated,
  ).toBe(1);
  const same = [place('post', '#1 Mail', []), place('post', '#1 Mail', [])];
  expect(
    audit({ deeds: [], screens: [screen('bob', 'discord', same)], acknowledged: new Map() }).duplicated,
  ).toBe(1);
});

test('a ticket that its customer saw taken, and nobody has, is lost; one that was never taken is not', () => {
  const evidence = (seen: boolean) => world([deed(first, 'opened', 'slack', { seen })], [], []);
  expect(audit(evidence(true)).lost).toBe(1);
  expect(audit(evidence(false)).lost).toBe(0);
});

test('another order than that of the place is counted, but not where Slack brought it later itself', () => {
  const swapped = [message(second), message(first)];
  expect(audit(world(wrote, said, swapped)).reordered).toBe(1);
  const slack = [deed(first, 'wrote', 'slack'), deed(second, 'wrote', 'slack', { at: 10 })];
  expect(audit(world(slack, said, swapped, new Map([[first, 5]]))).reordered).toBe(1);
  expect(audit(world(slack, said, swapped, new Map([[first, 60_000]]))).reordered).toBe(0);
});

test('who was told that their words are kept has lost nothing, once for each time', () => {
  const said = (...after: MessageView[]) =>
    audit(
      world(
        [deed(first, 'wrote', 'telegram'), deed(second, 'wrote', 'telegram')],
        [own(`a ${first}`), own(`b ${second}`), own('/ticket'), ...after],
        [],
      ),
    ).lost;
  const kept = message('What you wrote goes with your ticket.\n\nWho should look at it first?');
  const asked = message('Who should look at it first?');
  expect(said(asked, kept, kept)).toBe(0);
  expect(said(asked, kept)).toBe(1);
  expect(said(asked)).toBe(2);
});

test('an answer that did not come is lost, or known to staff, or hidden from them', () => {
  const reply = (platform: Deed['platform'], ...marks: string[]) =>
    audit(world([deed(first, 'replied', platform)], [], [own(`try ${first}`, ...marks)]));
  expect(reply('slack', '✅')).toMatchObject({ lost: 1, told: 0 });
  expect(reply('slack')).toMatchObject({ lost: 1 });
  expect(reply('slack', '❌')).toMatchObject({ lost: 0, told: 1 });
  expect(reply('telegram', '❓')).toMatchObject({ lost: 0, unknown_hidden: 0, told: 1 });
  expect(reply('telegram')).toMatchObject({ unknown_hidden: 1 });
  expect(reply('telegram', '✅')).toMatchObject({ lost: 1 });
});

test('a note that a customer sees is a leak', () => {
  expect(audit(world([deed(first, 'noted', 'slack')], [message(first)], [own(`// ${first}`)])).leaked).toBe(
    1,
  );
});

/** Ana at the website: what stands in her chat, and in the post at the desk. */
const atSite = (chat: readonly MessageView[], post: readonly MessageView[], ...deeds: Deed[]) =>
  audit({
    deeds: deeds.length > 0 ? deeds : [deed(first, 'wrote', 'website'), deed(second, 'wrote', 'website')],
    screens: [
      screen('ana', 'website', [place('dm', 'Chat', chat)]),
      screen('bob', 'discord', [place('post', '#1 Can you', post)]),
    ],
    acknowledged: new Map(),
  });
const taken = [message(`ana: ${first}`), message(`ana: ${second}`)];

test('what a visitor wrote stands in their own chat once, in its order, and at the desk', () => {
  expect(atSite(said, taken)).toMatchObject({ lost: 0, duplicated: 0, reordered: 0, faults: [] });
  expect(atSite(said, taken.slice(0, 1)).lost).toBe(1);
  expect(atSite([own(`a ${first}`)], taken).lost).toBe(1);
  expect(atSite([...said, own(`a ${first}`)], taken).duplicated).toBe(1);
  expect(atSite(said, [...taken, message(`ana: ${first}`)]).duplicated).toBe(1);
  expect(atSite(said.toReversed(), taken.toReversed()).reordered).toBe(1);
  expect(atSite(said, taken.toReversed()).reordered).toBe(1);
});

test('what a bubble still sends is lost: the desk never said that it has it', () => {
  const [one, other] = said;
  const waits = message(other?.text ?? '', { bot: false, ephemeral: true });
  expect(atSite([one as MessageView, waits], taken)).toMatchObject({ lost: 1 });
});

test('an answer that does not come to a bubble is lost, one that comes twice is counted, and a note there is a leak', () => {
  const reply = deed(first, 'replied', 'website');
  const post = [own(`try ${first}`, '✅')];
  expect(atSite([message(first)], post, reply).faults).toEqual([]);
  expect(atSite([], post, reply).lost).toBe(1);
  expect(atSite([message(first), message(first)], post, reply).duplicated).toBe(1);
  expect(atSite([message(first)], [own(`// ${first}`)], deed(first, 'noted', 'website')).leaked).toBe(1);
});

test('a mail is at the desk once, whatever the desk writes back; mails have no order', () => {
  const mails = [deed(first, 'wrote', 'mail'), deed(second, 'wrote', 'mail')];
  const at = (post: readonly MessageView[]) =>
    audit({
      deeds: mails,
      screens: [
        // The desk's own mail repeats what was asked.
        screen('ana', 'mail', [
          place('post', '[#1] Mail', [...said, message(`[#1] Mail\nWe have it: ${first}`)]),
        ]),
        screen('bob', 'discord', [place('post', '#1 Mail', post)]),
      ],
      acknowledged: new Map(),
    });
  expect(at(taken.toReversed()).faults).toEqual([]);
  expect(at(taken.slice(1)).lost).toBe(1);
  expect(at([...taken, message(`ana: ${second}`)]).duplicated).toBe(1);
});

const words: readonly Said[] = [
  { token: first, notice: 7, kind: 'announced', at: 1_000 },
  { token: second, notice: 7, kind: 'cancelled', at: 2_000 },
];

/** What Ana sees of a notice in her own chat. */
function noticed(
  said: readonly Said[],
  chat: readonly MessageView[],
  { platform = 'slack', missed = [] }: { platform?: Screen['platform']; missed?: string[] } = {},
): Evidence {
  const screens = [screen('ana', platform, [place('dm', 'Desk', chat)])];
  return {
    deeds: [],
    screens,
    acknowledged: new Map(),
    said,
    missed: new Map([[7, new Set(missed)]]),
    concerned: /ana/,
  };
}

const at = (token: string, when: number): MessageView => message(`Storm work ${token}`, { at: when });

test('a notice that each sees once, in its order, is well; so is one that nobody had heard of when it was cancelled', () => {
  const well = { people_did: 2, lost: 0, duplicated: 0, reordered: 0, leaked: 0 };
  expect(audit(noticed(words, [at(first, 1_100), at(second, 2_100)]))).toMatchObject(well);
  expect(audit(noticed(words, []))).toMatchObject(well);
});

test('the newest word must be there, unless staff know; once, and after what was said before it', () => {
  expect(audit(noticed(words.slice(0, 1), [])).lost).toBe(1);
  expect(audit(noticed(words, [at(first, 1_100)])).lost).toBe(1);
  expect(audit(noticed(words, [at(first, 1_100)], { missed: ['ana'] }))).toMatchObject({ lost: 0, told: 1 });
  expect(audit(noticed(words, [at(first, 1_100), at(first, 1_200), at(second, 2_100)])).duplicated).toBe(1);
  expect(audit(noticed(words, [at(second, 2_100), at(first, 2_200)])).reordered).toBe(1);
});

test('what comes long after it was overtaken is noticed, and so is the end of what nobody told', () => {
  expect(audit(noticed(words, [at(first, 60_000), at(second, 60_100)])).leaked).toBe(1);
  expect(audit(noticed(words, [at(second, 2_100)])).leaked).toBe(1);
  expect(audit(noticed(words, [at(second, 2_100)], { platform: 'telegram' })).leaked).toBe(0);
});
