import { afterEach, beforeEach, expect, test } from 'vitest';
import { serve as servePages } from './serve.ts';

let server: Awaited<ReturnType<typeof servePages>>;
let stopped: string[];

async function serve(stop?: (token: string) => Promise<boolean>): Promise<void> {
  const words = { locale: 'en', title: 'Stop', text: 'Stop <them>?' };
  const none = async () => undefined;
  const pages = stop && {
    broken: () => ({ locale: 'en', title: 'Broken', text: 'Broken.' }),
    confirm: { see: none, press: none },
    page: { see: none, press: none },
    unsubscribe: {
      see: async (token: string) => (token === 'right' ? { ...words, button: 'Stop' } : undefined),
      press: async (token: string) => ((await stop(token)) ? words : undefined),
    },
  };
  server = await servePages({
    pages,
  });
}

beforeEach(async () => {
  stopped = [];
  await serve(async token => {
    if (token !== 'right') return false;
    stopped.push(token);
    return true;
  });
});
afterEach(() => server.close());

const post = (token: string, body: string | FormData | URLSearchParams, method = 'POST') =>
  fetch(`${server.url}/unsubscribe/${token}`, {
    method,
    ...(method === 'POST'
      ? { body, headers: typeof body === 'string' ? { 'content-type': 'text/plain' } : {} }
      : {}),
    redirect: 'manual',
  });
const click = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });

test('one click stops the messages, in either encoding, and once more changes nothing', async () => {
  expect((await post('right', click)).status).toBe(200);
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  expect((await post('right', form)).status).toBe(200);
  expect(stopped).toEqual(['right', 'right']);
});

test('a look stops nothing: scanners of mail open every link', async () => {
  const look = await post('right', '', 'GET');
  expect(look.status).toBe(200);
  expect(await look.text()).toContain('Stop &lt;them&gt;?');
  const broken = await post('wrong', '', 'GET');
  expect(broken.status).toBe(404);
  expect(await broken.text()).toContain('<h1>Broken</h1>');
  expect((await post('right', '', 'HEAD')).status).toBe(200);
  expect(stopped).toEqual([]);
});

test('a wrong token, a wrong body and too much of it are refused', async () => {
  expect((await post('wrong', click)).status).toBe(404);
  expect((await post('x'.repeat(301), click)).status).toBe(404);
  expect((await post('right', 'List-Unsubscribe=Two-Clicks')).status).toBe(400);
  expect((await post('right', '')).status).toBe(400);
  expect((await post('right', 'x'.repeat(3_000))).status).toBe(413);
  expect(stopped).toEqual([]);
});

test('where nothing can be refused yet there is no such address', async () => {
  await server.close();
  await serve();
  expect((await post('right', click)).status).toBe(404);
});
