import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { expect } from 'vitest';
import { PASSWORD, type RealMail } from './real-mail.ts';

/** Somebody with a mailbox at real servers, and a program for mail. */
export interface Correspondent {
  writes(mail: {
    readonly subject: string;
    readonly text: string;
    readonly answers?: Email;
    readonly from?: string;
  }): Promise<void>;
  /** Waits for a mail that says this; the newest if there are several. */
  gets(words: RegExp): Promise<Email>;
  mails(): Promise<Email[]>;
}

/** The mailbox of an address. */
export function correspondent({ smtpPort, imapPort }: RealMail, address: string): Correspondent {
  const smtp = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
  const mails = async (): Promise<Email[]> => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: imapPort,
      secure: false,
      auth: { user: address, pass: PASSWORD },
      logger: false,
    });
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const found: Email[] = [];
    for await (const { source } of client.fetch('1:*', { source: true }))
      if (source !== undefined) found.push(await PostalMime.parse(source));
    await client.logout();
    return found;
  };
  return {
    mails,
    async writes({ subject, text, answers, from = address }) {
      const [answerTo] = answers?.replyTo ?? [];
      await smtp.sendMail({
        from,
        to: answerTo?.address ?? 'support@desk.example',
        subject,
        text,
        ...(answers?.messageId !== undefined && {
          inReplyTo: answers.messageId,
          references: `${answers.references ?? ''} ${answers.messageId}`.trim(),
        }),
      });
    },
    async gets(words) {
      let found: Email | undefined;
      await expect
        .poll(
          async () => {
            found = (await mails()).findLast(({ text = '', subject = '' }) =>
              words.test(`${subject}\n${text}`),
            );
            return found !== undefined;
          },
          { timeout: 20_000, interval: 200 },
        )
        .toBe(true);
      return found as Email;
    },
  };
}
