/** Reads mails; the only file that knows postal-mime. */
import PostalMime from 'postal-mime';
import { headersOf } from './strict.ts';
import type { Mail } from './types.ts';

/** What the envelope and the server know of a mail. */
export type Received = Pick<Mail, 'id' | 'mailbox' | 'returnPath' | 'at' | 'raw'>;

/** Reads a mail that the server has taken. */
export async function readMail(received: Received): Promise<Mail> {
  const mail = await PostalMime.parse(received.raw, { attachmentEncoding: 'arraybuffer' });
  return {
    ...received,
    from: { name: mail.from?.name ?? '', address: mail.from?.address ?? '' },
    to: (mail.to ?? []).map(({ address }) => address ?? ''),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    inReplyTo: mail.inReplyTo,
    references: (mail.references ?? '').split(/\s+/).filter(Boolean),
    headers: headersOf(received.raw),
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}
