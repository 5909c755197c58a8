import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browserName } from '../../src/http/me/words.ts';
import { column } from '../core/kit.ts';
import { confirmed, drafted, maintenance } from '../core/notice/kit.ts';
import { linkTo, settled } from '../core/preference/kit.ts';
import { linkByChat, type MeSite, signedIn, startMe, type Visitor } from './me-kit.ts';

/** Stands for a signed token: its text is the contact. */
const token = async (text: string) => {
  const [ref = ''] = text.split(':');
  return { ref, expiresAt: new Date('2026-12-01T00:00:00Z') };
};

let site: MeSite;
let made = 0;
beforeEach(async () => {
  site = await startMe({ http: { token } });
});
afterEach(() => site.close());

const rows = <T = string>(query: string) => column<T>(site.t.database, query);
const mailsTo = (address: string): string[] =>
  site.mail.calls.filter(({ to }) => to === address).map(({ text }) => text);

/** A browser that came from the client area just now. */
async function proved(ref = 'c-1'): Promise<Visitor> {
  const visitor = site.browser();
  await visitor.get(`/me/enter?token=${ref}:${++made}`);
  await visitor.send('/me/enter');
  return visitor;
}

async function adds(visitor: Visitor, type: string, address: string) {
  const page = await visitor.get('/me/settings');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const answer = await visitor.post('/me/settings/add', { csrf, once: `add-${++made}`, type, address });
  await settled(site.t);
  return answer;
}

/** What an abuse report of the provider is told by, in the end. */
async function abuseReport(): Promise<void> {
  const input = {
    to: { contact: 'c-1' },
    type: 'abuse',
    urgent: true,
    subject: 'Report',
    text: 'Spam from your server',
    variables: {},
  } as const;
  await site.t.desk.api.notifications.post(`n-${++made}`, input);
  await settled(site.t);
}

describe('where one is told of what', () => {
  test('the abuse address is set on the page: it gets a code, and nothing else before it is confirmed', async () => {
    const ana = await proved();
    const page = await adds(ana, 'abuse', 'abuse@acme.example');
    expect(page.text).toContain('not confirmed yet');
    const [code = ''] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(mailsTo('abuse@acme.example')[0] ?? '') ?? [];
    await abuseReport();
    expect(mailsTo('abuse@acme.example')).toHaveLength(1);
    expect(mailsTo('ana@acme.example').join()).toContain('Spam from your server');
    const wrong = await ana.send('/me/settings/code', { code: 'AAAA-BBBB-CCCC-DDDD' });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('role="alert"')]);
    const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(wrong.text) ?? [];
    const same = { csrf, once: 'the-same', code: 'AAAA-BBBB-CCCC-DDDD' };
    for (const _ of [1, 2]) expect((await ana.post('/me/settings/code', same)).status).toBe(422);
    await ana.send('/me/settings/code', { code });
    await settled(site.t);
    await abuseReport();
    expect(mailsTo('abuse@acme.example').at(-1)).toContain('Spam from your server');
    expect(mailsTo('ana@acme.example')).toHaveLength(1);
  });

  test('needs what the policy asks for: a session by a link in a chat may look, and is told how to go on', async () => {
    const byChat = await signedIn(site);
    const fresh = await proved();
    const page = await byChat.get('/me/settings');
    expect(page.text).toContain('come here from your client area');
    expect(page.text).not.toContain('action="/me/settings/add"');
    const refused = await adds(byChat, 'abuse', 'eve@evil.example');
    expect(refused.status).toBe(422);
    expect(await rows('select count(*)::int from route')).toEqual([0]);
    // The other session has proved it at this very moment; this one borrows nothing of it.
    expect((await adds(fresh, 'abuse', 'abuse@acme.example')).status).toBe(200);
    site.t.clock.forward(15 * 60_000 + 1000);
    expect((await adds(fresh, 'abuse', 'late@acme.example')).status).toBe(422);
    expect(await rows('select count(*)::int from route')).toEqual([1]);
  });

  test('places are put first and taken away, the last of what must arrive stays, and somebody else’s chat is none', async () => {
    const eves = await linkTo(site.t, 'chat', 'eve', 'e-1');
    const ana = await proved();
    const [chat] = await rows<number>(`select id from handle where channel = 'chat' and external_id = 'ana'`);
    const page = await ana.get('/me/settings');
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const press = (what: string, handle: number) =>
      ana.post('/me/settings/place', {
        csrf,
        once: `p-${++made}`,
        do: what,
        type: 'technical',
        handle: String(handle),
      });
    await press('first', chat ?? 0);
    const [mail] = await rows<number>(`select id from handle where channel = 'email'`);
    expect(await rows(`select handles::text from route`)).toEqual([`{${chat},${mail}}`]);
    expect((await press('use', eves)).status).toBe(404);
    expect((await press('first', 99_999)).status).toBe(404);
    await press('drop', mail ?? 0);
    expect((await press('drop', chat ?? 0)).status).toBe(422);
    expect(await rows(`select handles::text from route`)).toEqual([`{${chat}}`]);
    expect((await adds(ana, 'abuse', 'no address')).status).toBe(422);
    expect((await adds(ana, 'nonsense', 'x@acme.example')).status).toBe(200);
    expect(await rows(`select count(*)::int from handle where external_id = 'x@acme.example'`)).toEqual([0]);
  });
});

test('language, zone and quiet hours are changed, and the page speaks accordingly at once', async () => {
  const ana = await signedIn(site);
  await ana.get('/me/settings');
  const page = await ana.send('/me/settings/hours', {
    from: '22:00',
    to: '7:00',
    zone: 'America/New_York',
    language: 'pl',
  });
  expect(page.text).toContain('<html lang="pl">');
  expect(page.text).toContain('value="22:00"');
  expect(page.text).toMatch(/EST|GMT-5/);
  const wrong = await ana.send('/me/settings/hours', {
    from: '22:00',
    to: '7:00',
    zone: 'Mars/Base',
    language: 'en',
  });
  expect(wrong.status).toBe(422);
  expect(await rows('select locale from preference')).toEqual(['pl']);
});

test('who has no language on file is spoken to in that of the browser; their own counts for more, and what the desk has not is its default', async () => {
  const ana = await signedIn(site);
  const langOf = async (language?: string) =>
    /<html lang="(\w+)">/.exec((await ana.get('/me/settings', language)).text)?.[1];
  expect(await langOf('pl')).toBe('en');
  await rows('update account set locale = null');
  expect([await langOf('pl-PL,pl;q=0.9,en;q=0.8'), await langOf('en-GB'), await langOf('de')]).toEqual([
    'pl',
    'en',
    'en',
  ]);
  const page = await ana.get('/me/settings', 'pl');
  expect(page.text).toContain('<option value="pl" selected>');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const values = { csrf, once: `hours-${++made}`, from: '', to: '', zone: 'Europe/Warsaw', language: 'pl' };
  await ana.post('/me/settings/hours', values);
  expect(await langOf('en')).toBe('pl');
});

test('identities are ended on the page, and those of others are not there', async () => {
  const eves = await linkTo(site.t, 'chat', 'eve', 'e-1');
  const ana = await signedIn(site);
  const page = await ana.get('/me/settings');
  expect(page.text).toContain('Chat: ana');
  expect(page.text).not.toMatch(/Web:|Chat: eve/);
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  expect((await ana.post('/me/settings/unlink', { csrf, once: 'o', handle: String(eves) })).status).toBe(404);
  await ana.send('/me/settings/unlink');
  expect(await rows(`select h.channel from link l join handle h on h.id = l.handle_id order by 1`)).toEqual([
    'chat',
    'web',
  ]);
  expect((await ana.get('/me')).text).toContain('c-1 · Acme');
});

test('who ends the link of a chat ends what was opened by a link in it, also one that was not used yet', async () => {
  const thief = await signedIn(site);
  const link = await linkByChat(site);
  await linkTo(site.t, 'chat', 'ana-2');
  const ana = await signedIn(site, 'ana-2');
  const page = await ana.get('/me/settings');
  const [handle] = await rows<number>(`select id from handle where channel = 'chat' and external_id = 'ana'`);
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  await ana.post('/me/settings/unlink', { csrf, once: 'o-1', handle: String(handle) });
  expect((await thief.get('/me')).text).toContain('Sign in');
  expect((await site.browser().get(link)).status).toBe(404);
  expect((await ana.get('/me')).text).toContain('c-1 · Acme');
});

test('the calendar’s address is shown once, works, and ends', async () => {
  const ana = await signedIn(site);
  await ana.get('/me/settings');
  const made = await ana.send('/me/settings/calendar', { on: 'yes' });
  const [, link = ''] = /<code>([^<]+)<\/code>/.exec(made.text) ?? [];
  expect(link).toContain('/calendar/');
  expect((await ana.get('/me/settings')).text).not.toContain(link);
  const read = (url: string) =>
    site.t.desk.calendars.calendar(/calendar\/([\w-]+)\.ics/.exec(url)?.[1] ?? '');
  expect(await read(link)).toContain('BEGIN:VCALENDAR');
  await ana.get('/me/settings');
  await ana.send('/me/settings/calendar', { on: 'no' });
  expect(await read(link)).toBeUndefined();
});

test('who may not see what concerns the account cannot make an address that shows it for ever', async () => {
  const strict = await startMe({
    policy: own => ({
      ...own,
      trust: {
        ...own.trust,
        actions: { ...own.trust.actions, 'see-account-data': { level: 'fresh', below: 'refuse' } },
      },
    }),
  });
  try {
    const ana = await signedIn(strict);
    await ana.get('/me/settings');
    const page = await ana.send('/me/settings/calendar', { on: 'yes' });
    expect(page.text).not.toMatch(/\/calendar\/[\w-]{43}\.ics/);
    expect(page.text).toContain('sure that it is you');
  } finally {
    await strict.close();
  }
});

test('calendars in mails are invitations for who wants that, and files again', async () => {
  const ana = await signedIn(site);
  expect((await ana.get('/me/settings')).text).toContain('bring it as a file for your calendar');
  expect((await ana.send('/me/settings/invites', { on: 'on' })).text).toContain('bring it as an invitation');
  expect((await ana.send('/me/settings/invites', { on: 'off' })).text).toContain('bring it as a file');
});

test('what concerns me is what concerns my account, and nobody else’s', async () => {
  await site.t.database.sql`
    insert into service (ref, account_id, kind, name, location, state, updated_at)
    select 's-1', id, 'vps', 'web-1', 'WAW1', 'active', now() from account where ref = 'A-1'`;
  const id = await drafted(
    site.t,
    maintenance(site.t, { objects: [{ type: 'location', value: 'WAW1' }] }),
    'k-1',
  );
  await confirmed(site.t, id);
  await linkTo(site.t, 'chat', 'eve', 'e-1');
  const [ana, eve] = [await signedIn(site), await signedIn(site, 'eve')];
  expect((await ana.get('/me/notices')).text).toContain(`N-${id}`);
  expect((await eve.get('/me/notices')).text).toContain('Nothing concerns you');
});

test('a browser is called as people know it; one that is none is only text', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
  expect(browserName(chrome)).toBe('Chrome, Windows');
  expect(browserName(`${chrome} Edg/131.0`)).toBe('Edge, Windows');
  expect(
    browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
  ).toBe('Safari, iPhone');
  expect(browserName('curl/8.5')).toBe('curl/8.5');
});
