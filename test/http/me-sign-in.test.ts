import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { column, until } from '../core/kit.ts';
import { linkTo } from '../core/preference/kit.ts';
import { settleAll } from '../harness/flow.ts';
import { linkByChat, type MeSite, signedIn, startMe, type Visitor } from './me-kit.ts';

let site: MeSite;
beforeEach(async () => {
  site = await startMe();
});
afterEach(() => site.close());

const mailed = (): string[] =>
  site.mail.calls.flatMap(({ text }) =>
    [...text.matchAll(/<http[^>]+(\/me\/in\/[^>]+)>/g)].map(([, path]) => path ?? ''),
  );
const sessions = () => column<number>(site.t.database, 'select count(*)::int from session');

async function asks(visitor: Visitor, address: string): Promise<string> {
  await visitor.get('/me');
  const page = await visitor.send('/me/ask', { address });
  await settleAll(site.t);
  return page.text;
}

/** Asks, and waits until the mail is there. */
async function asksAndGets(visitor: Visitor, address = 'ana@acme.example'): Promise<string> {
  const before = mailed().length;
  await asks(visitor, address);
  await until(async () => {
    await settleAll(site.t);
    return mailed().length > before;
  });
  return mailed().at(-1) ?? '';
}

const inert = (text: string): string => text.replace(/value="[\w-]{20,}"/g, '');

describe('signing in', () => {
  test('by a link to one’s address: a look changes nothing, the button signs in, once', async () => {
    const ana = site.browser();
    const link = await asksAndGets(ana);
    for (let look = 0; look < 3; look++)
      expect((await ana.get(link)).text).toContain('Sign in as c-1 of Acme?');
    expect(await sessions()).toEqual([0]);
    const page = await ana.send(link);
    expect([page.path, page.status]).toEqual(['/me', 200]);
    expect(page.text).toContain('c-1 · Acme');
    const again = await ana.get(link);
    expect([again.status, again.text]).toEqual([404, expect.stringContaining('does not work any more')]);
    expect(await sessions()).toEqual([1]);
  });

  test('a link that was asked for in another browser does nothing here, and says what to do; there it still works', async () => {
    const ana = site.browser();
    const link = await asksAndGets(ana);
    const scanner = site.browser();
    const page = await scanner.get(link);
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('in another browser')]);
    await scanner.get('/me');
    const csrf = /name="csrf" value="([^"]+)"/.exec((await scanner.get('/me')).text)?.[1] ?? '';
    const pressed = await scanner.post(link, { csrf });
    expect([pressed.status, pressed.text]).toEqual([404, expect.stringContaining('in another browser')]);
    expect(await sessions()).toEqual([0]);
    await ana.get(link);
    expect((await ana.send(link)).path).toBe('/me');
  });

  test('after 15 minutes it is over, and the page says how to go on', async () => {
    const ana = site.browser();
    const link = await asksAndGets(ana);
    await ana.get(link);
    site.t.clock.forward(15 * 60_000);
    const page = await ana.send(link);
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('older than 15 minutes')]);
    expect(page.text).toContain('action="/me/ask"');
    expect(await sessions()).toEqual([0]);
  });

  test('of many presses at once one counts', async () => {
    const ana = site.browser();
    const link = await asksAndGets(ana);
    const csrf = /name="csrf" value="([^"]+)"/.exec((await ana.get(link)).text)?.[1] ?? '';
    await Promise.all(Array.from({ length: 12 }, () => ana.post(link, { csrf })));
    expect(await sessions()).toEqual([1]);
    expect(await column(site.t.database, `select code from identity_event where type = 'signed-in'`)).toEqual(
      ['mail'],
    );
  });

  test('what is answered is the same for an address on file and for any other; nobody’s mailbox is filled', async () => {
    const known = await asks(site.browser(), 'ana@acme.example');
    const other = await asks(site.browser(), 'nobody@acme.example');
    expect(inert(other)).toBe(inert(known));
    for (let turn = 0; turn < 18; turn++) await asks(site.browser(), 'ana@acme.example');
    await until(
      async () =>
        (
          await column<number>(
            site.t.database,
            `select count(*)::int from identity_event where type = 'link-asked'`,
          )
        )[0] === 19,
    );
    await settleAll(site.t);
    expect(mailed()).toHaveLength(15);
    expect(site.mail.calls.every(({ to }) => to === 'ana@acme.example')).toBe(true);
    expect((await asks(site.browser(), 'no address')).includes('no mail address')).toBe(true);
  });

  test('a stranger who asks and asks for somebody’s address takes nothing from them: not their own browser’s link, nor their chat’s button', async () => {
    const stranger = site.browser();
    for (let turn = 0; turn < 8; turn++) await asks(stranger, 'ana@acme.example');
    await until(async () => {
      await settleAll(site.t);
      return mailed().length >= 5;
    });
    expect(mailed()).toHaveLength(5);
    const ana = site.browser();
    expect((await ana.get(await asksAndGets(ana))).text).toContain('Sign in as c-1 of Acme?');
    const expiresAt = new Date(site.t.clock.now().getTime() + 60_000);
    for (const token of ['1.x', '2.x', '3.x', '4.x', '5.x'])
      await site.t.desk.client?.vouch(
        { ref: 'c-1', how: 'client-area', token, agoMs: 0, expiresAt },
        'Firefox',
      );
    expect(await linkByChat(site)).toMatch(/^\/me\/in\//);
  });

  test('a link, and who has signed in by one, is over with the address that it went to', async () => {
    const [ana, late] = [site.browser(), site.browser()];
    const link = await asksAndGets(ana);
    await ana.get(link);
    await ana.send(link);
    const unused = await asksAndGets(late);
    expect((await ana.get('/me')).text).toContain('c-1 · Acme');
    const contact = { ref: 'c-1', name: 'c-1', roles: ['owner' as const], language: null, time_zone: null };
    await site.t.desk.api.accounts.put([
      {
        ...{
          ref: 'A-1',
          name: 'Acme',
          tier: null,
          language: 'en',
          time_zone: 'Europe/Warsaw',
          state: 'active',
        },
        ...{ services: [], contacts: [{ ...contact, addresses: ['new@acme.example'] }] },
      },
    ]);
    expect((await ana.get('/me')).text).not.toContain('c-1 · Acme');
    expect((await late.get(unused)).status).toBe(404);
    expect(await sessions()).toEqual([0]);
  });

  test('a browser is known anew with each look, so that a link works there as long as it works', async () => {
    const looks = async (cookie = '') =>
      (await fetch(`${site.url}/me`, { headers: { cookie } })).headers.getSetCookie()[0]?.split(';')[0];
    const given = await looks();
    expect(given).toMatch(/^me-browser=/);
    expect(await looks(given)).toBe(given);
  });

  test('askings for addresses that nobody has take nothing from those who have one', async () => {
    const stranger = site.browser();
    for (let turn = 0; turn < 61; turn += 1) await asks(stranger, `nobody${turn}@acme.example`);
    expect(await asksAndGets(site.browser())).toContain('/me/in/');
  });

  test('a form that has no files takes none, and nobody brings any who is not signed in', async () => {
    const stranger = site.browser();
    await stranger.get('/me');
    const file = new File(['x'.repeat(1_000)], 'a.txt');
    const page = await stranger.send('/me/ask', { address: 'ana@acme.example' }, [file]);
    expect(page.status).toBe(403);
    const ana = await signedIn(site);
    await ana.get('/me/settings');
    expect((await ana.send('/me/out', {}, [file])).status).toBe(403);
    expect(await site.t.files.uploads.list()).toEqual([]);
  });

  test('by a button in a chat that is linked: for their eyes only, forgotten by the desk, and not for who is not linked', async () => {
    const ana = await signedIn(site);
    expect((await ana.get('/me/settings')).text).toContain('by a link in a chat');
    await expect(linkByChat(site, 'stranger')).rejects.toThrow(/client area|know who you are/);
    for (let turn = 0; turn < 4; turn++) await linkByChat(site);
    await expect(linkByChat(site)).rejects.toThrow('many links');
  });

  test('nothing that the browser holds, and no link, is in the database', async () => {
    const ana = await signedIn(site);
    const [secret = ''] = [...ana.cookies.values()].filter(value => value.length === 43).slice(-1);
    expect(secret).toHaveLength(43);
    const [dump] = await column(
      site.t.database,
      `select string_agg(x, ' ') from (select s::text x from session s union all select l::text from sign_in l union all select d::text from delivery d) all_of_it`,
    );
    expect(dump).not.toContain(secret);
    expect(dump).not.toMatch(/me\/in\/[\w-]{43}/);
  });

  test('the cookie is out of reach of scripts and of other sites', async () => {
    const ana = site.browser();
    const link = await linkByChat(site);
    const first = await ana.get(link);
    expect(first.headers.getSetCookie().join()).toMatch(/me-browser=[\w-]{43};.*HttpOnly.*SameSite=Lax/i);
    site.t.files.links = { publicUrl: 'https://desk.example.com', secret: async () => Buffer.alloc(32, 7) };
    const secure = await site.browser().get('/me');
    expect(secure.headers.getSetCookie()).toHaveLength(1);
    expect(secure.headers.getSetCookie()[0]).toMatch(
      /^__Host-me-browser=[\w-]{43};(?=.*Path=\/)(?=.*HttpOnly)(?=.*Secure)/i,
    );
    expect(secure.headers.getSetCookie()[0]).not.toMatch(/domain/i);
  });
});

describe('sessions', () => {
  test('are listed, and ended one by one or all; others’ are not there', async () => {
    const [phone, laptop] = [await signedIn(site), await signedIn(site)];
    await linkTo(site.t, 'chat', 'eve', 'e-1');
    const eve = await signedIn(site, 'eve');
    const [eves] = await column<number>(site.t.database, 'select id from session order by id desc limit 1');
    const page = await laptop.get('/me/settings');
    expect(page.text.match(/<strong>this browser<\/strong>/g)).toHaveLength(1);
    await laptop.send('/me/settings/session', { id: String(eves) });
    expect((await eve.get('/me')).text).toContain('e-1 · Acme');
    await laptop.get('/me/settings');
    await laptop.send('/me/settings/session');
    expect((await phone.get('/me')).text).toContain('Send the link');
    const tablet = await signedIn(site);
    await tablet.get('/me/settings');
    await tablet.send('/me/settings/others');
    expect((await laptop.get('/me')).text).toContain('Send the link');
    await tablet.get('/me');
    await tablet.send('/me/out');
    expect((await tablet.get('/me')).text).toContain('Send the link');
    expect((await eve.get('/me')).text).toContain('e-1 · Acme');
  });

  test('end by themselves: a week after they were last used, and with their account', async () => {
    const ana = await signedIn(site);
    for (let day = 0; day < 3; day++) {
      site.t.clock.forward(6 * 86_400_000);
      expect((await ana.get('/me')).text).toContain('c-1 · Acme');
    }
    site.t.clock.forward(7 * 86_400_000 + 60_000);
    expect((await ana.get('/me')).text).toContain('Send the link');
    const again = await signedIn(site);
    await site.t.database.sql`update account set state = 'closed' where ref = 'A-1'`;
    expect((await again.get('/me')).text).toContain('Send the link');
    await site.t.database.sql`update account set state = 'active' where ref = 'A-1'`;
    expect((await again.get('/me')).text).toContain('c-1 · Acme');
    await site.t.desk.api.accounts.remove('A-1');
    expect((await again.get('/me')).text).toContain('Send the link');
  });

  test('a cookie that somebody made up is nobody', async () => {
    for (const value of ['x', 'a'.repeat(43), "' or 1=1 --", '../'.repeat(20)]) {
      const eve = site.browser();
      eve.cookies.set('me', encodeURIComponent(value));
      expect((await eve.get('/me/tickets/1')).text).toContain('Send the link');
    }
  });
});
