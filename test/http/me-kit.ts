import { createWebChannel } from '../../src/core/index.ts';
import type { HttpParts } from '../../src/http/app.ts';
import { bringAccount, linkTo } from '../core/preference/kit.ts';
import { type ScriptedChannel, scriptedChannel } from '../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../harness/desk.ts';
import { eventsAt } from '../harness/people.ts';
import { serve } from './serve.ts';

/** A desk with mail, a chat, a staff forum and the pages of one's own, on a port of its own. */
export interface MeSite {
  readonly t: TestDesk;
  readonly url: string;
  readonly chat: ScriptedChannel;
  readonly mail: ScriptedChannel;
  readonly forum: ScriptedChannel;
  /** A browser that knows nothing yet. */
  browser(): Visitor;
  close(): Promise<void>;
}

/** A browser as far as the desk sees it: cookies, forms, where a form came from. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string, language?: string): Promise<Page>;
  /** Sends a form of the last page as a browser does: with what stands hidden in it. `path`: which form. */
  send(path: string, values?: Readonly<Record<string, string>>, files?: readonly File[]): Promise<Page>;
  /** Sends whatever it is told, as a page of somebody else could. */
  post(
    path: string,
    values: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>;
}

/** What was shown in the end. */
export interface Page {
  readonly status: number;
  readonly path: string;
  readonly text: string;
  readonly headers: Headers;
}

/** Ana of Acme, with an address on file and a chat; Eve of another account. */
export async function startMe(
  more: {
    readonly policy?: (own: ReturnType<typeof testPolicy>) => ReturnType<typeof testPolicy>;
    readonly http?: Partial<HttpParts>;
    readonly channels?: readonly ScriptedChannel[];
  } = {},
): Promise<MeSite> {
  const chat = scriptedChannel('chat');
  const mail = scriptedChannel('email', { subject: 150, forms: 'none', without: ['edit', 'remove', 'echo'] });
  const forum = scriptedChannel('forum', { desk: true });
  const own = testPolicy(['forum']);
  const at: { publicUrl: string; uploads(): TestDesk['files']['uploads'] } = {
    publicUrl: '',
    uploads: () => t.files.uploads,
  };
  const web = createWebChannel(at);
  const t = await testDesk([chat, mail, forum, web, ...(more.channels ?? [])], more.policy?.(own) ?? own);
  const { url, close } = await serve({
    log: t.log,
    now: t.clock.now,
    pages: t.desk.pages,
    client: t.desk.client,
    reach: t.desk.reach,
    status: t.desk.status,
    ...more.http,
  });
  t.files.links = { publicUrl: url, secret: async () => Buffer.alloc(32, 7) };
  at.publicUrl = url;
  await bringAccount(t);
  await bringAccount(t, [{ ref: 'e-1', roles: ['owner'], addresses: ['eve@evil.example'] }], { ref: 'A-2' });
  await linkTo(t, 'chat', 'ana');
  return {
    t,
    url,
    chat,
    mail,
    forum,
    browser: () => newVisitor(url),
    async close() {
      await close();
      await t.close();
    },
  };
}

function newVisitor(url: string): Visitor {
  const cookies = new Map<string, string>();
  let last = '';
  async function go(path: string, init: RequestInit = {}, turns = 0): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie !== '' && { cookie }) };
    const response = await fetch(url + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0\b/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const to = response.headers.get('location');
    if (to !== null && turns < 3) return go(to.replace(url, ''), {}, turns + 1);
    const text = await response.text();
    if ((response.headers.get('content-type') ?? '').startsWith('text/html')) last = text;
    return { status: response.status, path, text, headers: response.headers };
  }
  const hiddenIn = (path: string): Record<string, string> => {
    const forms = last
      .split('<form ')
      .slice(1)
      .map(one => one.split('</form>')[0] ?? '');
    const form = forms.find(one => one.includes(`action="${path}"`));
    if (form === undefined) throw new Error(`there is no form for ${path}`);
    const found = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
    return Object.fromEntries([...found].map(([, name, value]) => [name ?? '', value ?? '']));
  };
  const from = { origin: url, 'sec-fetch-site': 'same-origin' };
  return {
    cookies,
    get: (path, language) =>
      go(path, language === undefined ? {} : { headers: { 'accept-language': language } }),
    send(path, values = {}, files) {
      const all = { ...hiddenIn(path), ...values };
      if (files === undefined)
        return go(path, { method: 'POST', body: new URLSearchParams(all), headers: from });
      const form = new FormData();
      for (const [name, value] of Object.entries(all)) form.append(name, value);
      for (const file of files) form.append('files', file);
      return go(path, { method: 'POST', body: form, headers: from });
    },
    post: (path, values, headers = from) =>
      go(path, { method: 'POST', body: new URLSearchParams(values), headers: { ...headers } }),
  };
}

/** The link that a chat gives to who is linked there. */
export async function linkByChat({ t, url }: MeSite, who = 'ana'): Promise<string> {
  const answer = await t.desk.accept('chat', eventsAt(t.clock).presses(who, 'somewhere', 'me-page', []));
  const text = answer.type === 'say' ? answer.text : answer.type;
  const [, link] = /<([^>]+)>/.exec(text) ?? [];
  if (link === undefined) throw new Error(text);
  return link.replace(url, '');
}

/** A browser that is signed in as somebody who is linked on the chat. */
export async function signedIn(site: MeSite, who = 'ana'): Promise<Visitor> {
  const visitor = site.browser();
  const link = await linkByChat(site, who);
  await visitor.get(link);
  const page = await visitor.send(link);
  if (page.path !== '/me' || page.status !== 200)
    throw new Error(`not signed in: ${page.status} ${page.text}`);
  return visitor;
}
