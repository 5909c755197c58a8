import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { column } from '../core/kit.ts';
import { linkTo, settled } from '../core/preference/kit.ts';
import { openTicket, settleAll } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { type MeSite, signedIn, startMe, type Visitor } from './me-kit.ts';

let site: MeSite;
beforeEach(async () => {
  site = await startMe();
});
afterEach(() => site.close());

const people = () => eventsAt(site.t.clock);
const atDesk = (): string => site.forum.calls.map(({ text }) => text).join('\n');
const inMail = (): string => site.mail.calls.map(({ text }) => text).join('\n');
const rows = <T = string>(query: string) => column<T>(site.t.database, query);
const request = {
  department: 'technical',
  priority: 'regular',
  subject: 'Slow disk',
  description: 'The disk is slow.',
};

async function opens(
  visitor: Visitor,
  values: Record<string, string> = request,
  files?: File[],
): Promise<number> {
  await visitor.get('/me/new');
  const page = await visitor.send('/me/new', values, files ?? []);
  expect(page.text.replace(/<style>.*?<\/style>/s, '')).toContain('We have your ticket');
  await settled(site.t);
  const [id] = await rows<number>('select max(id) from ticket');
  return id ?? 0;
}

async function staffSays(number: number, text: string): Promise<void> {
  const [post = ''] = await rows(`select address from place where ticket_id = ${number} and role = 'desk'`);
  await site.t.desk.accept('forum', people().staffSays('bob', post, text));
  await settled(site.t);
}

describe('a ticket', () => {
  test('opened on the page is one like any other: at the desk, with its promises, its account and its receipt', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana);
    expect(atDesk()).toContain('Slow disk');
    expect(
      await rows(`select a.ref from ticket t join account a on a.id = t.account_id where t.id = ${number}`),
    ).toEqual(['A-1']);
    expect(await rows(`select trust from ticket where id = ${number}`)).toEqual(['linked']);
    expect(await rows(`select target from promise where ticket_id = ${number} order by 1`)).toEqual([
      'acknowledgement',
      'first-reply',
    ]);
    expect(await rows(`select state from delivery where content ->> 'say' = 'ticket-opened'`)).toEqual([
      'sent',
    ]);
    expect(await rows(`select count(*)::int from receipt where channel = 'web'`)).toEqual([1]);
    const list = await ana.get('/me');
    expect(list.text).toContain(`#${number} Slow disk`);
    const page = await ana.get(`/me/tickets/${number}`);
    expect(page.text).toContain('The disk is slow.');
    expect(page.text).toContain('You hear from us by');
  });

  test('of which staff’s answer is on the page, and by mail where its person wants it; a note and names are not', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana);
    await staffSays(number, 'We **look** at it.');
    await staffSays(number, '// she is a difficult one, says bob');
    const { text } = await ana.get(`/me/tickets/${number}`);
    expect(text).toContain('We <strong>look</strong> at it.');
    expect(text).toContain('Support');
    expect(text).not.toMatch(/difficult|bob/);
    expect(inMail()).toContain('We **look** at it.');
    expect(inMail()).toContain(`${site.url}/me/tickets/${number}`);
    expect(inMail()).not.toMatch(/difficult/);
    expect(
      await rows(`select state from promise where ticket_id = ${number} and target = 'first-reply'`),
    ).toEqual(['met']);
  });

  test('of a chat is there too, and what is written on the page reaches its desk, its clock and its own conversation', async () => {
    const { number } = await openTicket(site.t, site.chat, site.forum, 'ana');
    const ana = await signedIn(site);
    await staffSays(number, 'Which disk?');
    await ana.get(`/me/tickets/${number}`);
    const page = await ana.send(`/me/tickets/${number}/reply`, { text: 'The *second* one' });
    await settled(site.t);
    expect(page.text).toContain('Your message is with us.');
    expect(page.text).toContain('The *second* one');
    expect(atDesk()).toContain('The \\*second\\* one');
    expect(site.chat.calls.at(-1)?.text).toContain('The \\*second\\* one');
    expect(
      await rows(`select count(*)::int from promise where ticket_id = ${number} and target = 'next-reply'`),
    ).toEqual([1]);
  });

  test('is closed, opened again, hurried and rated on the page', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana);
    await staffSays(number, 'Done.');
    const move = `/me/tickets/${number}/move`;
    await ana.get(`/me/tickets/${number}`);
    await ana.send(move, { to: 'escalate' });
    await settled(site.t);
    expect(atDesk()).toMatch(/quicker answer/);
    await ana.get(`/me/tickets/${number}`);
    await ana.send(move, { to: 'close' });
    expect(await rows(`select state from ticket where id = ${number}`)).toEqual(['closed']);
    const closed = await ana.get(`/me/tickets/${number}`);
    expect(closed.text).toContain('How did it go?');
    const rated = await ana.send(`/me/tickets/${number}/rate`, { answer: 'bad', comment: 'Too slow' });
    expect(rated.text).toContain('We look at every answer');
    expect(await rows('select answer from rating')).toEqual(['bad']);
    await ana.send(move, { to: 'reopen' });
    expect(await rows(`select state from ticket where id = ${number}`)).toEqual(['open']);
    await ana.send(move, { to: 'reopen' });
    await settled(site.t);
    expect(await rows(`select state from ticket where id = ${number}`)).toEqual(['open']);
    expect(atDesk()).toContain('Too slow');
  });

  test('sent twice is one: the same form opens one ticket, and says one thing', async () => {
    const ana = await signedIn(site);
    const form = (await ana.get('/me/new')).text;
    const hidden = (name: string): string =>
      new RegExp(`action="/me/new".*?name="${name}" value="([^"]+)"`, 's').exec(form)?.[1] ?? '';
    const sent = { csrf: hidden('csrf'), once: hidden('once'), ...request };
    await Promise.all(Array.from({ length: 6 }, () => ana.post('/me/new', sent)));
    await settled(site.t);
    expect(await rows('select count(*)::int from ticket')).toEqual([1]);
    const number = (await rows<number>('select id from ticket'))[0] ?? 0;
    const page = (await ana.get(`/me/tickets/${number}`)).text;
    const once =
      new RegExp(`action="/me/tickets/${number}/reply".*?name="once" value="([^"]+)"`, 's').exec(page)?.[1] ??
      '';
    for (let turn = 0; turn < 3; turn++)
      await ana.post(`/me/tickets/${number}/reply`, { csrf: sent.csrf, once, text: 'Only once' });
    expect(await rows(`select count(*)::int from message where body = 'Only once'`)).toEqual([1]);
  });

  test('that is critical must bring its facts: the form comes back with their fields, and with all that was typed', async () => {
    const ana = await signedIn(site);
    await ana.get('/me/new');
    const shaped = await ana.send('/me/new', { ...request, priority: 'critical', shape: 'priority' }, []);
    expect(shaped.text).toContain('id="server"');
    const back = await ana.send('/me/new', { ...request, priority: 'critical', server: 'nonsense' }, []);
    expect(back.status).toBe(422);
    expect(back.text).toContain('id="server-error"');
    expect(back.text).toContain('The disk is slow.');
    expect(await rows('select count(*)::int from ticket')).toEqual([0]);
    const facts = { server: '203.0.113.7', service: 'web', began: '10 minutes ago', diagnostics: 'no ping' };
    const number = await opens(ana, { ...request, priority: 'critical', ...facts });
    expect(await rows(`select facts ->> 'server' from ticket where id = ${number}`)).toEqual(['203.0.113.7']);
  });
});

describe('files', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  test('come with a ticket and with a message, are judged as all files are, and can be had by who may see the ticket', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana, request, [new File(['a log'], 'disk.log')]);
    await ana.get(`/me/tickets/${number}`);
    await ana.send(`/me/tickets/${number}/reply`, { text: 'And a picture' }, [
      new File([png], '"><img src=x>.png'),
    ]);
    await settled(site.t);
    const { text } = await ana.get(`/me/tickets/${number}`);
    const links = [...text.matchAll(/href="(\/me\/tickets\/\d+\/files\/\d+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(links).toHaveLength(2);
    expect(text).not.toContain('<img');
    const file = await ana.get(links[0] ?? '');
    expect([file.status, file.text]).toEqual([200, 'a log']);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect((await site.browser().get(links[0] ?? '')).text).toContain('Send the link');
    await linkTo(site.t, 'chat', 'eve', 'e-1');
    const eve = await signedIn(site, 'eve');
    expect((await eve.get(links[0] ?? '')).status).toBe(404);
    const own = await opens(eve);
    expect((await eve.get((links[0] ?? '').replace(`/tickets/${number}/`, `/tickets/${own}/`))).status).toBe(
      404,
    );
  });

  test('that are too large are refused with their name, and nothing was sent; a program is not passed on', async () => {
    await site.close();
    site = await startMe({ policy: own => ({ ...own, files: { ...own.files, max_size: 100_000 } }) });
    const ana = await signedIn(site);
    const number = await opens(ana);
    await ana.get(`/me/tickets/${number}`);
    const large = new File([Buffer.alloc(site.t.policy.files.max_size + 10)], 'big.log');
    const page = await ana.send(`/me/tickets/${number}/reply`, { text: 'see this' }, [large]);
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('big.log')]);
    expect(page.text).toContain('see this</textarea>');
    expect(await rows(`select count(*)::int from message where body = 'see this'`)).toEqual([0]);
    await ana.send(`/me/tickets/${number}/reply`, { text: '' }, [
      new File([Buffer.from('4d5a9000', 'hex'), Buffer.alloc(500)], 'run.exe'),
    ]);
    await settled(site.t);
    expect((await ana.get(`/me/tickets/${number}`)).text).toContain('not taken');
    const nothing = await ana.send(`/me/tickets/${number}/reply`, { text: '  ' }, []);
    expect(nothing.status).toBe(422);
  });
});

describe('what is somebody else’s', () => {
  test('is not there, on any road, word for word as what never was', async () => {
    const { number } = await openTicket(site.t, site.chat, site.forum, 'ana');
    await linkTo(site.t, 'chat', 'eve', 'e-1');
    const eve = await signedIn(site, 'eve');
    expect((await eve.get('/me')).text).not.toContain('needs help');
    const strip = (text: string, id: number): string =>
      text
        .replace(/<style>.*?<\/style>/s, '')
        .replaceAll(`#${id}`, 'N')
        .replace(/value="[\w-]{20,}"/g, '');
    const [mine, none] = [await eve.get(`/me/tickets/${number}`), await eve.get('/me/tickets/987')];
    expect([mine.status, none.status]).toEqual([404, 404]);
    expect(strip(mine.text, number)).toBe(strip(none.text, 987));
    const csrf = /name="csrf" value="([^"]+)"/.exec(mine.text)?.[1] ?? '';
    for (const [what, values] of [
      ['reply', { text: 'hello' }],
      ['move', { to: 'close' }],
      ['rate', { answer: 'bad' }],
    ] as const) {
      const page = await eve.post(`/me/tickets/${number}/${what}`, { csrf, once: `o-${what}`, ...values });
      expect(page.status, what).toBe(404);
      expect(strip(page.text, number), what).toBe(strip(none.text, 987));
    }
    expect(await rows(`select state from ticket where id = ${number}`)).toEqual(['open']);
    expect(await rows(`select count(*)::int from message where ticket_id = ${number}`)).toEqual([1]);
  });

  test('of one’s account is there as far as the roles reach, and one’s own always', async () => {
    await site.t.database.sql`
      insert into contact (ref, account_id, name, roles, updated_at) select 'c-2', id, 'Bea', '{billing}', now() from account where ref = 'A-1'`;
    await linkTo(site.t, 'chat', 'bea', 'c-2');
    const { number } = await openTicket(site.t, site.chat, site.forum, 'ana');
    const own = await openTicket(site.t, site.chat, site.forum, 'bea');
    const bea = await signedIn(site, 'bea');
    expect((await bea.get(`/me/tickets/${number}`)).status).toBe(404);
    expect((await bea.get(`/me/tickets/${own.number}`)).text).toContain('bea needs help');
    const ana = await signedIn(site);
    const page = await ana.get(`/me/tickets/${own.number}`);
    expect(page.text).toContain('Your colleague');
    expect((await ana.get('/me')).text).toContain('opened by a colleague');
    // What Ana writes there is not said to Bea as her own.
    await ana.get(`/me/tickets/${own.number}`);
    await ana.send(`/me/tickets/${own.number}/reply`, { text: 'I ask for her' });
    await settled(site.t);
    expect(site.chat.calls.at(-1)?.text).toBe('**Your colleague**\n\nI ask for her');
  });

  test('in names, subjects, texts and file names is only text', async () => {
    const evil = '<script>alert(1)</script>"\'><b onload=x>';
    await site.t.database.sql`update contact set name = ${evil} where ref = 'c-1'`;
    await site.t.database.sql`update account set name = ${evil} where ref = 'A-1'`;
    const ana = await signedIn(site);
    const number = await opens(
      ana,
      {
        ...request,
        subject: evil,
        description: `${evil}\n[x](javascript:alert(1)) ![p](https://evil.example/p.png)`,
      },
      [new File(['x'], `${evil}.log`)],
    );
    await staffSays(number, `${evil} [x](javascript:alert(1)) ![p](https://evil.example/p.png)`);
    for (const path of ['/me', `/me/tickets/${number}`, '/me/settings', '/me/notices', '/me/new']) {
      const { text, headers } = await ana.get(path);
      expect(text).not.toMatch(/<script|<b |<img|onload=x>|href="javascript/);
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });
});

describe('a form of another site', () => {
  test('does nothing: every form of the pages is refused without what only our pages know, or from elsewhere', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana);
    const page = await ana.get(`/me/tickets/${number}`);
    const settings = await ana.get('/me/settings');
    const actions = new Set(
      [page, settings, await ana.get('/me/new')].flatMap(({ text }) =>
        [...text.matchAll(/<form method="post" action="([^"]+)"/g)].map(([, action]) => action ?? ''),
      ),
    );
    expect(actions.size).toBeGreaterThan(6);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const before = await rows(
      'select (select count(*) from event)::int + (select count(*) from message)::int + (select count(*) from session)::int',
    );
    const values = { once: 'x', text: 'forged', to: 'close', on: 'yes', do: 'drop', type: 'abuse', id: '1' };
    for (const action of actions) {
      const own = { origin: site.url, 'sec-fetch-site': 'same-origin' };
      for (const [fields, headers] of [
        [{ ...values }, own],
        [{ ...values, csrf: 'a'.repeat(43) }, own],
        [{ ...values, csrf }, { origin: 'https://evil.example' }],
        [
          { ...values, csrf },
          { origin: site.url, 'sec-fetch-site': 'cross-site' },
        ],
        [{ ...values, csrf }, { origin: 'null' }],
        [{ ...values, csrf }, {}],
      ] as const) {
        const answer = await ana.post(action, fields, headers as Record<string, string>);
        expect([action, answer.status]).toEqual([action, 403]);
      }
    }
    expect(
      await rows(
        'select (select count(*) from event)::int + (select count(*) from message)::int + (select count(*) from session)::int',
      ),
    ).toEqual(before);
    expect((await ana.get('/me')).text).toContain('c-1 · Acme');
  });

  test('with another browser’s word, or with files ahead of it, is refused, and leaves no file', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana);
    await linkTo(site.t, 'chat', 'eve', 'e-1');
    const eve = await signedIn(site, 'eve');
    const csrf = /name="csrf" value="([^"]+)"/.exec((await eve.get('/me')).text)?.[1] ?? '';
    expect((await ana.post(`/me/tickets/${number}/reply`, { csrf, once: 'o', text: 'x' })).status).toBe(403);
    await ana.get(`/me/tickets/${number}`);
    const cookie = [...ana.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const form = new FormData();
    form.append('files', new File(['x'], 'x.log'));
    form.append('csrf', csrf);
    const headers = { cookie, origin: site.url };
    const answer = await fetch(`${site.url}/me/tickets/${number}/reply`, {
      method: 'POST',
      body: form,
      headers,
    });
    expect(answer.status).toBe(403);
    expect(await rows('select count(*)::int from file')).toEqual([0]);
  });

  test('that is far too long is cut off', async () => {
    const ana = await signedIn(site);
    const number = await opens(ana);
    const csrf = /name="csrf" value="([^"]+)"/.exec((await ana.get('/me')).text)?.[1] ?? '';
    const page = await ana.post(`/me/tickets/${number}/reply`, {
      csrf,
      once: 'o',
      text: 'x'.repeat(300_000),
    });
    expect(page.status).toBe(413);
  });
});

test('everything goes with the person: sessions, links, what was written and the files of forms', async () => {
  const ana = await signedIn(site);
  const number = await opens(ana, { ...request, description: 'zebra zebra' }, [
    new File(['zebra'], 'zebra.log'),
  ]);
  await ana.get(`/me/tickets/${number}`);
  await ana.send(`/me/tickets/${number}/reply`, { text: 'zebra again' });
  await settled(site.t);
  expect(await site.t.desk.erasePerson('c-1')).toMatchObject({ ok: true });
  expect((await ana.get('/me')).text).toContain('Send the link');
  const tables = await rows(`select table_name from information_schema.tables where table_schema = 'public'`);
  for (const table of tables)
    expect(await rows(`select x::text from "${table}" x where x::text ~ 'zebra|c-1'`), table).toEqual([]);
  expect(await rows('select count(*)::int from session')).toEqual([0]);
  await settleAll(site.t);
});
