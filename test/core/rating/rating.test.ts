import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Call, type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { serve } from '../../http/serve.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let talk: ScriptedChannel;
let mail: ScriptedChannel;
let forum: ScriptedChannel;

async function start(policy = testPolicy(['forum'])): Promise<void> {
  chat = scriptedChannel('chat');
  talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  mail = scriptedChannel('email', { subject: 150, forms: 'none', way: 'mail' });
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, talk, mail, forum], policy);
}
beforeEach(() => start());
afterEach(() => t.close());

const people = () => eventsAt(t.clock);
const asked = (channel: ScriptedChannel): Call[] =>
  channel.calls.filter(({ text }) => text.includes('How did it go'));
const atDesk = (): string => forum.calls.map(({ text }) => text).join('\n');
const events = (type: string) =>
  column(t.database, `select data::text from event where type = '${type}' order by id`);

async function replied(post: string): Promise<void> {
  await t.desk.accept('forum', people().staffSays('bob', post, 'It works again.'));
  await settleAll(t);
}

async function presses(action: string, at: string): Promise<void> {
  await t.desk.accept('forum', people().presses('bob', at, action));
  await settleAll(t);
}

async function solved(
  channel = chat,
  who = 'ana',
): Promise<{ number: number; thread: string; post: string }> {
  const opened = await openTicket(t, channel, forum, who);
  await replied(opened.post);
  await presses(`solve:${opened.number}`, opened.post);
  return opened;
}

/** What a customer's press is answered with. */
async function rates(number: number, how: string, who = 'ana'): Promise<string> {
  const answer = await t.desk.accept('chat', people().presses(who, 'somewhere', `rate:${number}:${how}`, []));
  await settleAll(t);
  return answer.type === 'say' ? answer.text : answer.type;
}

describe('after a ticket was solved', () => {
  test('its customer is asked once, where they are, and never again for that ticket', async () => {
    const { number, thread, post } = await solved();
    expect(asked(chat)).toMatchObject([{ to: thread }]);
    await presses(`reopen:${number}`, post);
    await presses(`solve:${number}`, post);
    await presses(`close:${number}`, post);
    expect(asked(chat)).toHaveLength(1);
    expect(await events('rating-asked')).toEqual(['{}']);
  });

  test('nobody is asked whom no person has answered, nor where the policy does not want it', async () => {
    const { number, post } = await openTicket(t, chat, forum);
    await presses(`close:${number}`, post);
    expect(asked(chat)).toEqual([]);
    await t.close();
    const policy = testPolicy(['forum']);
    await start({ ...policy, ratings: { ask: false } });
    await solved();
    expect(asked(chat)).toEqual([]);
  });

  test('who was asked is left alone for as long as the policy says', async () => {
    await t.close();
    const policy = testPolicy(['forum']);
    await start({ ...policy, ratings: { ask: true, pause: 7 * 86_400 } });
    await solved();
    await solved();
    expect(asked(chat)).toHaveLength(1);
    t.clock.forward(8 * 86_400_000);
    await solved();
    expect(asked(chat)).toHaveLength(2);
  });

  test('the answer is an event, staff see it, and the same again changes nothing', async () => {
    const { number } = await solved();
    expect(await rates(number, 'good')).toContain('Thank you');
    await rates(number, 'good');
    expect(await events('rated')).toEqual(['{"words": false, "answer": "good"}']);
    expect(atDesk()).toContain('how it went: **Good**');
    await rates(number, 'bad');
    expect(await column(t.database, 'select answer from rating')).toEqual(['bad']);
  });

  test('words can be added in a window; they reach staff, and are no message that opens the ticket again', async () => {
    const { number } = await solved();
    await rates(number, 'bad');
    const form = await t.desk.accept('chat', people().presses('ana', 'somewhere', `rate-say:${number}`, []));
    expect(form).toMatchObject({ type: 'form', form: { page: 'rate', draft: String(number) } });
    const window = { page: 'rate', draft: String(number) } as const;
    const empty = await t.desk.accept('chat', people().submits('ana', { comment: '  ' }, window));
    expect(empty.type).toBe('faults');
    const words = people().submits('ana', { comment: 'Too *slow* <b>' }, window);
    await t.desk.accept('chat', words);
    await t.desk.accept('chat', words);
    await settleAll(t);
    expect(await column(t.database, 'select comment from rating')).toEqual(['Too *slow* <b>']);
    expect(atDesk()).toContain('Too \\*slow\\* \\<b\\>');
    expect(await column(t.database, 'select state from ticket')).toEqual(['solved']);
    expect(await events('rated')).toHaveLength(2);
  });

  test('where there are no windows, the next message is the words', async () => {
    const direct = { place: 'dan-dm', direct: true } as const;
    await t.desk.accept('talk', people().says('dan', 'dan-dm', 'Hello?', { direct: true }));
    await settleAll(t);
    await openTicket(t, chat, forum, 'other');
    const [row] = await t.database.sql<{ id: number }[]>`
      with h as (select id from handle where channel = 'talk'), p as (select id from place where channel = 'talk')
      insert into ticket (state, priority, department, subject, facts, locale, handle_id, place_id, opened_at, updated_at)
      select 'solved', 'regular', 'technical', 'Mine', '{}', 'en', h.id, p.id, now(), now() from h, p returning id`;
    const number = (row as { id: number }).id;
    await t.desk.accept('talk', people().presses('dan', 'dan-dm', `rate:${number}:fair`, [], direct));
    await settleAll(t);
    await t.desk.accept('talk', people().presses('dan', 'dan-dm', `rate-say:${number}`, [], direct));
    await settleAll(t);
    await t.desk.accept('talk', people().says('dan', 'dan-dm', 'It was all right.', { direct: true }));
    await settleAll(t);
    expect(await column(t.database, 'select comment from rating')).toEqual(['It was all right.']);
    expect(talk.calls.at(-1)?.text).toContain('Thank you for your words');
    expect(await column(t.database, `select state from ticket where id = ${number}`)).toEqual(['solved']);
  });

  test('a ticket of somebody else cannot be rated, word for word as one that does not exist; nor one that is under way', async () => {
    const { number } = await solved();
    const refused = await rates(number, 'bad', 'eve');
    expect(refused.replace(String(number), 'N')).toBe(
      (await rates(99_999, 'bad', 'eve')).replace('99999', 'N'),
    );
    expect(await column(t.database, 'select answer from rating')).toEqual([null]);
    const open = await openTicket(t, chat, forum, 'cleo');
    expect(await rates(open.number, 'bad', 'cleo')).toContain('not finished');
  });

  test('it can be changed some times, and then stays', async () => {
    const { number } = await solved();
    for (let turn = 0; turn < 20; turn++) await rates(number, turn % 2 === 0 ? 'good' : 'bad');
    expect(await events('rated')).toHaveLength(6);
    expect(await rates(number, 'good')).toContain('leave it as it is');
  });

  test('the figures of the week, and the words, are in its report', async () => {
    const { number } = await solved();
    await rates(number, 'bad');
    const window = { page: 'rate', draft: String(number) } as const;
    await t.desk.accept('chat', people().submits('ana', { comment: 'Nobody `told` me.' }, window));
    await solved(chat, 'dora');
    const report = await t.desk.accept('forum', people().commands('bob', 'report', { value: '47' }));
    if (report.type !== 'say') throw new Error('no report');
    expect(report.text).toContain('Asked: 2. Good: 0, fair: 0, bad: 1.');
    expect(report.text).toMatch(/\(Bad\): Nobody \\`told\\` me\./);
  });

  test('it is erased with the person', async () => {
    const { number } = await solved();
    await rates(number, 'bad');
    await t.desk.accept(
      'chat',
      people().submits('ana', { comment: 'zebra' }, { page: 'rate', draft: String(number) }),
    );
    await settleAll(t);
    expect(JSON.stringify(await t.desk.exportPerson('chat:ana'))).toContain('zebra');
    expect(await t.desk.erasePerson('chat:ana')).toMatchObject({ ok: true });
    expect(await column(t.database, 'select ticket_id from rating')).toEqual([]);
    const kept = await column(
      t.database,
      `select content::text from delivery where content::text like '%zebra%'`,
    );
    expect(kept).toEqual([]);
  });
});

describe('by mail', () => {
  async function served<T>(work: (url: string) => Promise<T>): Promise<T> {
    const { url, close } = await serve({ log: t.log, now: t.clock.now, pages: t.desk.pages });
    try {
      return await work(url);
    } finally {
      await close();
    }
  }
  const post = (url: string, form: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form) });

  test('it is asked with links; a scanner that opens all of them answers nothing, a button does', async () => {
    await solved(mail, 'ana@acme.example');
    const links = [
      ...(asked(mail)[0]?.text ?? '').matchAll(/<https:\/\/desk\.example\.com(\/rate\/[^>]+)>/g),
    ];
    expect(links).toHaveLength(3);
    await served(async url => {
      for (const [, path] of links) expect((await fetch(url + path)).status).toBe(200);
      expect(await column(t.database, 'select answer from rating')).toEqual([null]);
      const [, path = ''] = links[2] ?? [];
      const page = await (await fetch(url + path)).text();
      expect(page).toMatch(/value="bad" required checked/);
      const sent = await post(url + path, { how: 'bad', comment: '<script>alert(1)</script>' });
      expect(await sent.text()).toContain('Thank you');
      expect(await column(t.database, 'select answer from rating')).toEqual(['bad']);
      expect(await (await fetch(url + path)).text()).toContain('&lt;script&gt;alert(1)');
    });
    await settleAll(t);
    expect(atDesk()).toContain('how it went: **Bad**');
  });

  test('where links lead nowhere nobody is asked, and nothing says that they were', async () => {
    const { links } = t.files;
    t.files.links = undefined;
    await solved(mail, 'ana@acme.example');
    t.files.links = links;
    expect(asked(mail)).toEqual([]);
    expect(await column(t.database, 'select ticket_id from rating')).toEqual([]);
  });

  test('a link that somebody made up, or that is two months old, is the same 404, and too long a body is refused', async () => {
    await solved(mail, 'ana@acme.example');
    const [, path = ''] =
      /<https:\/\/desk\.example\.com(\/rate\/[^>?]+)/.exec(asked(mail)[0]?.text ?? '') ?? [];
    await served(async url => {
      const wrong = await fetch(`${url}/rate/${'a'.repeat(50)}`);
      expect(wrong.status).toBe(404);
      expect((await post(url + path, { how: 'bad', comment: 'x'.repeat(40_000) })).status).toBe(413);
      expect((await post(url + path, { how: '<b>' })).status).toBe(200);
      expect(await column(t.database, 'select answer from rating')).toEqual([null]);
      t.clock.forward(61 * 86_400_000);
      const late = await post(url + path, { how: 'bad' });
      expect([late.status, await late.text()]).toEqual([404, await wrong.text()]);
    });
  });
});
