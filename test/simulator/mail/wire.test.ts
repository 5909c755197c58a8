import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  COVERAGE,
  faultOf,
  inert,
  type MailSimulator,
  startMail,
} from '../../../src/simulator/mail/index.ts';

let mail: MailSimulator;
let client: Client;
beforeEach(async () => {
  mail = await startMail();
  client = await Client.to(mail);
});
afterEach(async () => {
  client.end();
  await mail.stop();
});

/** A client that writes the wire by hand. */
class Client {
  readonly #socket: Socket;
  #text = '';
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', data => {
      this.#text += data;
      this.#wake();
    });
    socket.on('close', () => {
      this.#text += 'CLOSED\r\n';
      this.#wake();
    });
  }

  static async to({ url }: MailSimulator): Promise<Client> {
    const client = new Client(connect(Number(new URL(url).port), '127.0.0.1'));
    await client.answer();
    return client;
  }

  /** The next whole answer. */
  async answer(): Promise<string> {
    for (;;) {
      const found = /^(?:\d{3}-[^\r\n]*\r\n)*(?:\d{3} [^\r\n]*|CLOSED)\r\n/.exec(this.#text);
      if (found !== null) {
        this.#text = this.#text.slice(found[0].length);
        return found[0].trim();
      }
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  says(line: string): Promise<string> {
    this.#socket.write(`${line}\r\n`);
    return this.answer();
  }

  async sends(content: string, to = 'ana@example.com'): Promise<string> {
    await this.says('EHLO me.example');
    await this.says('MAIL FROM:<me@me.example>');
    await this.says(`RCPT TO:<${to}>`);
    await this.says('DATA');
    return this.says(`${content}\r\n.`);
  }

  end(): void {
    this.#socket.destroy();
  }
}

const HEAD =
  'From: Me <me@me.example>\r\nTo: ana@example.com\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@me.example>\r\nSubject: Hi';

test('a right mail lies in the mailbox and on the screen, and stands in the log', async () => {
  expect(await client.sends(`${HEAD}\r\n\r\nHello\r\n..dot`)).toBe('250 2.0.0 Ok: queued as Q000001');
  const ana = mail.person('ana');
  expect(ana.mailbox()).toMatchObject(
    [
      {
        from: { name: 'Me', address: 'me@me.example' },
        subject: 'Hi',
        messageId: '<1@me.example>',
        text: 'Hello\r\n.dot\n',
      },
    ].map(one => ({ ...one, text: expect.stringMatching(/^Hello\r?\n\.dot/) })),
  );
  expect(await ana.sees('Hello')).toContain('Hi');
  expect(ana.screen().places.map(({ title }) => title)).toEqual(['Inbox – ana@example.com', 'Hi']);
  expect(mail.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['CONNECT', '127.0.0.1', 250],
    ['MAIL', 'me@me.example', 250],
    ['RCPT', 'ana@example.com', 250],
    ['DATA', 'ana@example.com', 250],
  ]);
});

test('mails that refer to one another are one conversation; a second with the same id is not shown', async () => {
  await client.sends(`${HEAD}\r\n\r\nfirst`);
  await client.sends(`${HEAD.replace('<1@', '<2@')}\r\nReferences: <1@me.example>\r\n\r\nsecond`);
  await client.sends(`${HEAD.replace('<1@', '<3@')}\r\n\r\nalone`);
  await client.sends(`${HEAD}\r\n\r\nfirst`);
  const { places } = mail.person('ana').screen();
  expect(places.map(({ messages }) => messages.length)).toEqual([0, 2, 1]);
});

test.each([
  ['a bare LF', `${HEAD}\r\n\r\none\ntwo`, '5.6.11'],
  ['a bare CR', `${HEAD}\r\n\r\none\rtwo`, '5.6.11'],
  ['a line that is too long', `${HEAD}\r\n\r\n${'x'.repeat(999)}`, '5.6.0'],
  ['no Date', `${HEAD.replace(/Date:.*\r\n/, '')}\r\n\r\nx`, '5.7.1'],
  ['no From', `${HEAD.replace(/From:.*\r\n/, '')}\r\n\r\nx`, '5.7.1'],
  ['no Message-ID', `${HEAD.replace(/Message-ID:.*\r\n/, '')}\r\n\r\nx`, '5.7.1'],
  ['two From', `From: eve@x.example\r\n${HEAD}\r\n\r\nx`, '5.7.1'],
  ['two Subject', `${HEAD}\r\nSubject: Ho\r\n\r\nx`, '5.7.1'],
  ['an odd Message-ID', `${HEAD.replace('<1@me.example>', 'one')}\r\n\r\nx`, '5.7.1'],
  ['a date that is none', `${HEAD.replace('Sun, 22 Nov 2026 12:00:00 +0000', 'soon')}\r\n\r\nx`, '5.7.1'],
  ['a head outside of ASCII', `${HEAD} żółw\r\n\r\nx`, '5.6.7'],
])('%s is refused', async (_, content, code) => {
  expect(await client.sends(content)).toContain(`550 ${code}`);
  expect(mail.person('ana').mailbox()).toEqual([]);
  expect(mail.requests.at(-1)).toMatchObject({ method: 'DATA', status: 550 });
});

test('what is too large is refused, and so is nobody', async () => {
  client.end();
  await mail.stop();
  mail = await startMail({ size: 2_000 });
  client = await Client.to(mail);
  expect(await client.sends(`${HEAD}\r\n\r\n${'line\r\n'.repeat(1_000)}`)).toMatch(/^552 /);
  await client.says('RSET');
  await client.says('MAIL FROM:<me@me.example>');
  expect(await client.says('RCPT TO:<nobody@example.com>')).toMatch(/^550 5\.1\.1 /);
  expect(await client.says('DATA')).toMatch(/^50[13] /);
});

describe('faults', () => {
  test('an answer instead of the deed, as often as asked', async () => {
    mail.addFault({ match: /^RCPT ana@/, kind: 'status', status: 450, code: '4.7.1', times: 2 });
    await client.says('EHLO me.example');
    await client.says('MAIL FROM:<me@me.example>');
    const answers = [1, 2, 3].map(() => () => client.says('RCPT TO:<ana@example.com>'));
    const seen: string[] = [];
    for (const ask of answers) seen.push((await ask()).slice(0, 9));
    expect(seen).toEqual(['450 4.7.1', '450 4.7.1', '250 Accep']);
  });

  test('an answer that is lost after the deed, and a connection that breaks before it', async () => {
    mail.addFault({ match: /^DATA/, kind: 'lose-answer' });
    expect(await client.sends(`${HEAD}\r\n\r\nx`)).toBe('CLOSED');
    expect(mail.person('ana').mailbox()).toHaveLength(1);
    client = await Client.to(mail);
    mail.addFault({ match: /^MAIL/, kind: 'refuse-connection' });
    await client.says('EHLO me.example');
    expect(await client.says('MAIL FROM:<me@me.example>')).toBe('CLOSED');
  });

  test('greylisting by the clock, until it is ended', async () => {
    client.end();
    await mail.stop();
    let now = 0;
    mail = await startMail({ clock: { now: () => now } });
    client = await Client.to(mail);
    mail.greylist(300_000);
    await client.says('EHLO me.example');
    await client.says('MAIL FROM:<me@me.example>');
    expect(await client.says('RCPT TO:<ana@example.com>')).toMatch(/^450 4\.7\.1/);
    now = 299_999;
    expect(await client.says('RCPT TO:<ana@example.com>')).toMatch(/^450/);
    now = 300_000;
    expect(await client.says('RCPT TO:<ana@example.com>')).toMatch(/^250/);
    mail.greylist(0);
    expect(await client.says('RCPT TO:<ben@example.com>')).toMatch(/^250/);
  });

  test('slowly is still right', async () => {
    mail.slow(5);
    expect(await client.sends(`${HEAD}\r\n\r\nx`)).toMatch(/^250/);
  });
});

test('people write and read, and a mailbox has nothing else', async () => {
  const ana = mail.person('ana');
  await expect(ana.repliesTo('nothing', 'hi')).rejects.toThrow('ana has no mail nothing');
  await expect(ana.presses('Close')).rejects.toThrow('mail has no buttons');
  await expect(ana.goes('Hi')).rejects.toThrow('ana sees no mail "Hi"');
  await expect(ana.sees('nothing', undefined, 20)).rejects.toThrow('within 20 ms');
  await client.sends(`${HEAD}\r\n\r\nHello`);
  await ana.goes('Hi');
  expect(ana.screen().current).toBe('<1@me.example>');
  await ana.deletes('Q000001');
  expect(ana.mailbox()).toEqual([]);
  expect(ana.screen().current).toBe('inbox');
});

test('HTML is shown inert', () => {
  expect(
    inert(
      '<!doctype html><html><head><title>t</title><style>x{}</style></head><body onload="x()"><p style="x">Hi &amp; <b onclick=x>bye</b></p>' +
        '<script>alert(1)</script><img src="https://evil.example/p.gif"><a href="javascript:x">a</a><a href="https://ok.example/?a=1&amp;b">b</a>' +
        '<ul><li>one</li></ul><iframe src=x></iframe><scr<script>ipt>alert(2)</script>',
    ),
  ).toBe(
    '<div>Hi &amp; <b>bye</b></div><a>a</a><a href="https://ok.example/?a=1&amp;b">b</a><div><div>• one</div></div>&lt;scr',
  );
});

describe('coverage', () => {
  test('each entry once; what is done in part or not says what and why', () => {
    const names = COVERAGE.map(({ method }) => method);
    expect(new Set(names).size).toBe(names.length);
    expect(COVERAGE.filter(({ state, note }) => state !== 'supported' && !note)).toEqual([]);
  });

  test('what the server names are the extensions on the list; every command on it is known, every absent one is not', async () => {
    const hello = await client.says('EHLO me.example');
    const named = hello
      .split('\r\n')
      .slice(1)
      .map(line => line.slice(4).split(' ')[0] ?? '');
    const state = (method: string) => COVERAGE.find(one => one.method === method)?.state;
    for (const name of named) expect(state(name), name).toMatch(/supported|partial/);
    for (const name of ['SIZE', '8BITMIME', 'SMTPUTF8', 'PIPELINING']) expect(named).toContain(name);
    expect(named).not.toContain('CHUNKING');
    expect(named).not.toContain('DSN');
    for (const command of ['NOOP', 'RSET', 'VRFY ana@example.com', 'HELO me.example'])
      expect(await client.says(command), command).toMatch(/^25[0-2] /);
    expect(await client.says('BDAT 3 LAST')).toMatch(/^5/);
    expect(await client.says('QUIT')).toMatch(/^221 /);
  });
});

test('a rule that is broken is found in the bytes alone', () => {
  expect(faultOf(Buffer.from(`${HEAD}\r\n\r\nok\r\n`), false)).toBeUndefined();
  expect(faultOf(Buffer.from(`${HEAD}\r\n\r\n\0`), false)).toMatchObject({
    text: expect.stringContaining('NUL'),
  });
});
