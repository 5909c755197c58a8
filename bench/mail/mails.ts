/** Letters as people write them: half from programs that send HTML beside the text, all with what they answer quoted below. */

const WORDS =
  'Since this morning my server 203.0.113.7 answers slowly, and now and then not at all. I have restarted the web server, which helped for some minutes. Below is what the log says. Could you have a look?';
const LOG = Array.from(
  { length: 12 },
  (_, n) =>
    `Nov 22 12:0${n % 10}:11 web nginx[812]: upstream timed out (110: Connection timed out) while reading`,
).join('\r\n');
const QUOTE = Array.from({ length: 10 }, (_, n) => `> line ${n} of what was said before`).join('\r\n');
const textOf = (nth: number): string =>
  `My machine is number ${nth}. ${WORDS}\r\n\r\n${LOG}\r\n\r\nOn Sun, 22 Nov 2026 at 11:00, Somebody <somebody@example.net> wrote:\r\n${QUOTE}`;
const htmlOf = (nth: number): string =>
  `<html><head><style>p{margin:0}</style></head><body><p>My machine is number ${nth}. ${WORDS}</p><pre>${LOG}</pre><div class="gmail_quote">On Sun: <blockquote>${QUOTE}</blockquote></div></body></html>`;

/** The nth of them: from somebody of their own, for whom the mail server vouches, with words that no other has. */
export function mailOf(nth: number): Buffer {
  const head = [
    `Authentication-Results: mx.desk.example; spf=pass; dkim=pass; dmarc=pass header.from=c${nth}.example`,
    `Received: from mx.c${nth}.example by mx.desk.example with ESMTPS; Sun, 22 Nov 2026 12:00:00 +0000`,
    `From: Person ${nth} <person@c${nth}.example>`,
    'To: Support <support@desk.example>',
    `Subject: Server is slow (${nth})`,
    'Date: Sun, 22 Nov 2026 12:00:00 +0000',
    `Message-ID: <${nth}.bench@c${nth}.example>`,
    'MIME-Version: 1.0',
  ];
  const parts =
    nth % 3 === 0
      ? ['Content-Type: text/html; charset=utf-8', '', htmlOf(nth)]
      : nth % 3 === 1
        ? ['Content-Type: text/plain; charset=utf-8', '', textOf(nth)]
        : [
            'Content-Type: multipart/alternative; boundary=b',
            '',
            `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${textOf(nth)}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${htmlOf(nth)}\r\n--b--`,
          ];
  return Buffer.from([...head, ...parts].join('\r\n'));
}
