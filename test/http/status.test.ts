import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bring, confirmed, does, drafted, maintenance, outage } from '../core/notice/kit.ts';
import { type TestDesk, testDesk, words } from '../harness/desk.ts';
import { elementsOf, type StatusSite, serveStatus } from './status-kit.ts';

let t: TestDesk;
let site: StatusSite;
beforeEach(async () => {
  t = await testDesk([]);
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  site = await serveStatus(t.desk.status);
});
afterEach(async () => {
  await site.close();
  await t.close();
});

let keys = 0;
async function announce(input: Parameters<typeof drafted>[1]): Promise<number> {
  keys += 1;
  const id = await drafted(t, input, `k-${keys}`);
  await confirmed(t, id);
  t.clock.forward(3_000);
  return id;
}
const hostile = { en: `"><script>alert(1)</script> <b>'&amp;\u0007 ${'x'.repeat(20)}` };

describe('the page', () => {
  test('says that all is well, what it knows of, and how to follow it', async () => {
    const html = await site.text('/status');
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Everything works');
    expect(html).toContain('Nothing is planned.');
    expect(html).toContain('There was nothing in the last 90 days.');
    expect(html).toMatch(/WAW1<\/span>.*✓<\/span> works/);
    const links = [...html.matchAll(/href="([^"]+)"/g)]
      .map(([, href = '']) => href)
      .filter(href => href.startsWith('/'));
    for (const link of links) expect((await site.get(link)).status).toBe(200);
    expect(links).toEqual(
      expect.arrayContaining(['/status.atom', '/status.rss', '/status.ics', '/status.json']),
    );
  });

  test('shows what goes on, what is planned and what was, in order, with headings and times that programs can read', async () => {
    const was = await announce(outage({ title: { en: 'Old trouble' } }));
    await does(t, was, 'resolve');
    await announce(maintenance(t));
    await announce(outage({ objects: [{ type: 'location', value: 'WAW1', impact: 'degraded' }] }));
    const html = await site.text('/status');
    const order = [
      'Something does not work',
      'Now</h2>',
      'Power</a>',
      'Locations and services</h2>',
      'disrupted',
      'Planned</h2>',
      'New switch</a>',
      'History</h2>',
      'Old trouble</a>',
    ];
    expect(order.map(words => html.indexOf(words))).toEqual(
      order.map(words => html.indexOf(words)).toSorted((a, b) => a - b),
    );
    expect(order.every(words => html.includes(words))).toBe(true);
    expect(html).toContain(
      '<time datetime="2026-11-24T14:00:00.000Z">Tue 24 Nov 15:00–17:00 (UTC+1) = Tue 24 Nov 14:00–16:00 UTC</time>',
    );
    const headings = elementsOf(html).filter(name => /^h\d$/.test(name));
    expect(headings.filter(name => name === 'h1')).toHaveLength(1);
    expect(headings).toEqual(['h1', 'h2', 'h3', 'h2', 'h2', 'h3', 'h2', 'h3']);
  });

  test('speaks the language that was chosen, or else the browser’s; links keep what was chosen', async () => {
    const id = await announce(outage({ title: { en: 'Power', pl: 'Zasilanie' } }));
    const polish = await site.text('/status', { 'accept-language': 'pl-PL,pl;q=0.9,en;q=0.8' });
    expect(polish).toContain('<html lang="pl">');
    expect(polish).toContain(`href="/status/N-${id}">Awaria N-${id}: Zasilanie`);
    expect(polish).toContain('<a href="?lang=en" hreflang="en" lang="en">English</a>');
    const chosen = await site.text('/status?lang=pl', { 'accept-language': 'en' });
    expect(chosen).toContain(`href="/status/N-${id}?lang=pl">`);
    expect(await site.text('/status?lang=xx"><script>', { 'accept-language': 'pl' })).toContain(
      '<html lang="pl">',
    );
    expect(await site.text('/status', { 'accept-language': 'de' })).toContain('<html lang="en">');
    expect((await site.get('/status')).headers.get('vary')).toBe('accept-language');
  });

  test('of each notice lasts; of what is not public, or not there, it is 404 and the same', async () => {
    const open = await announce(outage());
    const own = await announce(
      outage({ title: { en: 'Shop of Acme' }, objects: [{ type: 'service', value: 's-1' }] }),
    );
    const draft = await drafted(t, outage({ title: { en: 'Not yet' } }), 'draft');
    t.clock.forward(3_000);
    expect(await site.text(`/status/N-${open}`)).toContain(`<h2>Outage N-${open}: Power</h2>`);
    const answers = await Promise.all([own, draft, 999, 0].map(id => site.get(`/status/N-${id}`)));
    const texts = await Promise.all(answers.map(one => one.text()));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(texts).size).toBe(1);
    expect(answers.map(({ headers }) => headers.get('vary'))).toEqual(Array(4).fill('accept-language'));
    expect(texts[0]).toContain('There is no such notice here.');
    for (const odd of ['12', 'N-', 'N-1e3', 'N-01', 'n-1', 'N-99999999999999999999', '%00', 'N-1%27'])
      expect((await site.get(`/status/${odd}`)).status).toBe(404);
    expect(await site.text('/status')).not.toContain('Acme');
  });

  test('has a history of its own when there was much', async () => {
    for (let n = 1; n <= 12; n += 1)
      await does(t, await announce(outage({ title: { en: `Trouble ${n}` } })), 'resolve');
    t.clock.forward(3_000);
    const first = await site.text('/status');
    expect(first).toContain('Trouble 12<');
    expect(first).not.toContain('Trouble 2<');
    expect(first).toContain('<a href="/status/history">All of the last 90 days</a>');
    expect([...(await site.text('/status/history')).matchAll(/Trouble \d+</g)]).toHaveLength(12);
  });

  test('of a notice with many words shows the newest, with a link to the others', async () => {
    const id = await announce(outage());
    for (let n = 1; n <= 11; n += 1) await does(t, id, 'update', { text: { en: `Word ${n}.` } });
    t.clock.forward(3_000);
    const html = await site.text('/status');
    expect(html).toContain('Word 11.');
    expect(html).not.toContain('A feed is down.');
    expect(html).toContain(`<a href="/status/N-${id}">2 earlier messages</a>`);
    expect(await site.text(`/status/N-${id}`)).toContain('A feed is down.');
  });
});

test('nothing that people wrote is markup, in any of the pages and feeds', async () => {
  const id = await announce(outage({ title: hostile, text: hostile }));
  await announce(maintenance(t, { title: hostile, text: hostile }));
  const pages = ['/status', '/status/history', `/status/N-${id}`];
  const names = new Set<string>();
  for (const path of pages) for (const name of elementsOf(await site.text(path))) names.add(name);
  expect(
    [...names].filter(name => ['script', 'b', 'img', 'form', 'iframe', 'object'].includes(name)),
  ).toEqual([]);
  for (const path of ['/status.atom', '/status.rss']) {
    const xml = await site.text(path);
    expect(elementsOf(xml)).not.toContain('script');
    expect(xml).not.toContain('\u0007');
  }
  const json = JSON.parse(await site.text('/status.json'));
  expect(json.current[0].title.en).toContain('<script>');
  expect(
    new ICAL.Component(ICAL.parse(await site.text('/status.ics')))
      .getFirstSubcomponent('vevent')
      ?.getFirstPropertyValue('summary'),
  ).toContain('<script>');
});

describe('the answers', () => {
  const all = ['/status', '/status/history', '/status.json', '/status.atom', '/status.rss', '/status.ics'];

  test('are kept for a moment, and are known again by their tag until something changes', async () => {
    for (const path of all) {
      const first = await site.get(path);
      expect(first.headers.get('cache-control')).toBe('public, max-age=15');
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{20,}"$/);
      t.clock.forward(10_000);
      for (const given of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await site.get(path, { 'if-none-match': given });
        expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
        expect(again.headers.get('etag')).toBe(etag);
      }
      expect((await site.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
    const before = (await site.get('/status')).headers.get('etag') ?? '';
    await announce(outage());
    expect((await site.get('/status', { 'if-none-match': before })).status).toBe(200);
  });

  test('let in no script, no frame and no form, and only the style that is ours', async () => {
    for (const path of ['/status', '/status/history', '/status/N-7']) {
      const { headers } = await site.get(path);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
    expect((await site.get('/status.json')).headers.get('access-control-allow-origin')).toBe('*');
    for (const path of ['/status', '/status.json', '/status.atom']) {
      const { headers } = await site.get(path);
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  test('to HEAD have no body, and to what is no reading there is none', async () => {
    const head = await fetch(`${site.url}/status`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${site.url}/status`, { method: 'POST' })).status).toBe(404);
  });

  test('are small', async () => {
    for (let n = 1; n <= 15; n += 1)
      await announce(outage({ title: { en: `Trouble ${n}` }, text: { en: 'Words. '.repeat(100) } }));
    expect((await site.text('/status')).length).toBeLessThan(50_000);
  });
});

describe('the feeds', () => {
  test('have each word as an entry that stays the same, the newest first, with addresses of the public site', async () => {
    await site.close();
    site = await serveStatus(t.desk.status, 'https://help.example.com');
    const id = await announce(outage({ title: { en: 'Power', pl: 'Zasilanie' } }));
    const ids = async (path: string, element: string) =>
      [
        ...(await site.text(path)).matchAll(new RegExp(`<(?:entry|item)>.*?<${element}[^>]*>([^<]+)`, 'gs')),
      ].map(([, one]) => one);
    const first = `https://help.example.com/status/N-${id}#1`;
    expect(await ids('/status.atom', 'id')).toEqual([first]);
    t.clock.forward(60_000);
    await does(t, id, 'update', { state: 'watching', text: { en: 'New fuse.' } });
    t.clock.forward(3_000);
    const both = [`https://help.example.com/status/N-${id}#2`, first];
    expect(await ids('/status.atom', 'id')).toEqual(both);
    expect(await ids('/status.rss', 'guid')).toEqual(both);
    const atom = await site.text('/status.atom?lang=pl');
    expect(atom).toContain(`<title>Awaria N-${id} (naprawione, obserwujemy): Zasilanie</title>`);
    expect(atom).toContain(`<link href="https://help.example.com/status/N-${id}?lang=pl"/>`);
    expect(atom).toContain('<link rel="self" href="https://help.example.com/status.atom?lang=pl"/>');
    expect(elementsOf(atom)).toEqual(
      expect.arrayContaining(['feed', 'entry', 'updated', 'author', 'content']),
    );
    expect(elementsOf(await site.text('/status.rss'))).toEqual(
      expect.arrayContaining(['rss', 'channel', 'item', 'guid', 'pubDate']),
    );
  });

  test('the calendar is one that calendar programs read, each window once', async () => {
    const id = await announce(maintenance(t));
    const response = await site.get('/status.ics');
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const events = new ICAL.Component(ICAL.parse(await response.text()))
      .getAllSubcomponents('vevent')
      .map(one => new ICAL.Event(one));
    expect(events.map(({ uid, summary, sequence }) => [uid, summary, sequence])).toEqual([
      [`N-${id}-0@switchdesk`, 'Planned maintenance: New switch', 1],
    ]);
    expect(events[0]?.startDate.toJSDate().toISOString()).toBe('2026-11-24T14:00:00.000Z');
  });

  test('JSON says all of it in all languages, with what things do now', async () => {
    const id = await announce(outage({ title: { en: 'Power', pl: 'Zasilanie' } }));
    expect(JSON.parse(await site.text('/status.json'))).toEqual({
      url: `${site.url}/status`,
      state: 'outage',
      last_known_at: null,
      components: [{ name: { en: 'WAW1' }, state: 'outage' }],
      current: [
        {
          id: `N-${id}`,
          url: `${site.url}/status/N-${id}`,
          kind: 'outage',
          state: 'investigating',
          effect: 'outage',
          title: { en: 'Power', pl: 'Zasilanie' },
          objects: [{ type: 'location', value: 'WAW1', impact: 'outage' }],
          windows: [],
          updates: [
            {
              at: '2026-11-22T13:30:00.000Z',
              what: 'announce',
              state: 'investigating',
              text: { en: 'A feed is down.' },
            },
          ],
        },
      ],
      planned: [],
      history: [],
    });
  });
});

test('of one state of things each view is made once, and only of what is asked for', async () => {
  for (let n = 1; n <= 12; n += 1)
    await does(t, await announce(outage({ title: { en: `Trouble ${n}` } })), 'resolve');
  const id = await announce(outage());
  t.clock.forward(3_000);
  const said = vi.spyOn(words, 'say');
  // One for each notice whose words are shown.
  const made = (): number => {
    const { length } = said.mock.calls.filter(([, key]) => key === 'notice-kind-outage');
    said.mockClear();
    return length;
  };
  try {
    const missing = new Set<string>();
    for (let nth = 0; nth < 20; nth += 1) {
      const answer = await site.get(`/status/N-${90_000 + nth}`);
      expect(answer.status).toBe(404);
      missing.add(await answer.text());
    }
    expect(missing.size).toBe(1);
    const titles = said.mock.calls.filter(([, key]) => key === 'status-title');
    expect(titles, 'the page of what is not there is made once').toHaveLength(1);
    expect(made(), 'and of no notice').toBe(0);
    await site.text(`/status/N-${id}`);
    expect(made()).toBe(1);
    await site.text(`/status/N-${id}?lang=en`);
    expect(made(), 'another page of the same').toBe(0);
    await site.text('/status');
    expect(made(), 'the newest of what was').toBe(10);
    for (const path of ['/status/history', '/status?lang=en', '/status/history?lang=en', '/status.atom'])
      await site.text(path);
    expect(made()).toBe(2);
  } finally {
    said.mockRestore();
  }
});

test('where the policy wants no page there is none', async () => {
  const other = await serveStatus(undefined);
  for (const path of ['/status', '/status.json', '/status/N-1'])
    expect((await other.get(path)).status).toBe(404);
  await other.close();
});

describe('subscribing by mail', () => {
  const asked: string[] = [];
  let isAway = false;
  let form: StatusSite;
  beforeEach(async () => {
    asked.length = 0;
    isAway = false;
    form = await serveStatus(t.desk.status, undefined, async (address, language) => {
      if (isAway) throw new Error('no database');
      asked.push(`${address} ${language}`);
    });
  });
  afterEach(() => form.close());
  const post = (body: string, path = '/status/subscribe?lang=pl') =>
    fetch(form.url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  test('there is a form, which needs no script and goes nowhere else; where it cannot be there is none', async () => {
    const html = await form.text('/status?lang=pl');
    expect(html).toContain('<form method="post" action="/status/subscribe?lang=pl">');
    expect(html).toContain('<label for="address">Adres e-mail</label>');
    expect(elementsOf(html)).toContain('form');
    expect(await site.text('/status')).not.toContain('<form');
    const refused = await fetch(`${site.url}/status/subscribe`, {
      method: 'POST',
      body: 'address=zoe%40example.org',
    });
    expect(refused.status).toBe(404);
  });

  test('the answer is the same for every address, and is kept nowhere', async () => {
    const answers = await Promise.all(
      ['Zoe@Example.org', 'ula@example.org'].map(one => post(`address=${encodeURIComponent(one)}`)),
    );
    const texts = await Promise.all(answers.map(one => one.text()));
    expect(asked).toEqual(['zoe@example.org pl', 'ula@example.org pl']);
    expect(answers.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual([
      [200, 'no-store'],
      [200, 'no-store'],
    ]);
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('Prosimy zajrzeć do skrzynki.');
    expect(texts[0]).not.toContain('example.org');
    const other = await form.get('/status/subscribe?lang=en');
    expect([other.redirected, other.url]).toEqual([true, `${form.url}/status?lang=en`]);
  });

  test.each([
    '',
    'address=',
    'address=nobody',
    'address=a%40b%0d%0aBcc:x%40y',
    'address=<script>@x',
    'other=zoe%40example.org',
  ])('what is no address is refused with what to do: %s', async body => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('To nie jest adres e-mail.');
    expect(asked).toEqual([]);
  });

  test('too much is refused; when it cannot be done now, that is said', async () => {
    expect((await post(`address=${'x'.repeat(3_000)}`)).status).toBe(413);
    isAway = true;
    const answer = await post('address=zoe%40example.org');
    expect(answer.status).toBe(503);
    expect(asked).toEqual([]);
  });
});
