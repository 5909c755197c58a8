/** Writes mail as people's programs do. */

/** A mail to be written. */
export interface Writing {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly at: number;
  readonly language: string;
  /** What it answers: its id, what that referred to, and its words, which go below. */
  readonly answers?: {
    readonly messageId: string;
    readonly references: readonly string[];
    readonly text: string;
    readonly from: string;
  };
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Lines that the writer's program adds. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the desk's own mail server writes on top: whether it is from where it says. */
  readonly results: string;
}

/** Encoded words where there is more than ASCII (RFC 2047), folded as they must be. */
function encoded(text: string): string {
  const clean = text.replace(/[\r\n]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(clean)) return clean;
  const pieces = clean.match(/.{1,15}/gu) ?? [];
  return pieces.map(piece => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');

/** The mail as it lies in the desk's mailbox. */
export function compose(mail: Writing): Uint8Array {
  const { from, to, subject, messageId, at, language, answers, files = [], headers = {}, results } = mail;
  const quote =
    answers === undefined
      ? ''
      : `\n\n${language.startsWith('pl') ? `W dniu ${new Date(at).toISOString().slice(0, 10)} ${answers.from} pisze:` : `On ${new Date(at).toUTCString()} ${answers.from} wrote:`}\n${answers.text.replace(/^/gm, '> ')}`;
  const body = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.from(mail.text + quote))}`;
  const name = from.name === '' ? '' : `${encoded(from.name)} `;
  const head = [
    `Authentication-Results: ${results}`,
    `Received: from mx.example.com by mx.desk.example with ESMTPS; ${new Date(at).toUTCString()}`,
    ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`),
    `From: ${name}<${from.address}>`,
    `To: <${to}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    ...(answers === undefined
      ? []
      : [
          `In-Reply-To: ${answers.messageId}`,
          `References: ${[...new Set([...answers.references, answers.messageId])].join('\r\n ')}`,
        ]),
    'MIME-Version: 1.0',
  ].join('\r\n');
  if (files.length === 0) return Buffer.from(`${head}\r\n${body}`);
  const parts = files.map(
    file =>
      `Content-Type: application/octet-stream; name="${file.name.replace(/["\\\r\n]/g, '_')}"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(file.bytes)}`,
  );
  const all = [body, ...parts].map(part => `--=_parts\r\n${part}\r\n`).join('');
  return Buffer.from(
    `${head}\r\nContent-Type: multipart/mixed; boundary="=_parts"\r\n\r\n${all}--=_parts--\r\n`,
  );
}
