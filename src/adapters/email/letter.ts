/** What stands in a mail: its heads and parts. Nothing that a person wrote can become a head. */
import { type Outbound, oneLine } from '../../core/index.ts';
import { domainOf, leftOf, type Spot } from './address.ts';
import type { EmailConfig } from './config.ts';
import { MAX_SUBJECT } from './limits.ts';
import { footText, toHtml, toText } from './render.ts';

/** A mail, ready to be sent. */
export interface Letter {
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly date: Date;
  readonly references?: string;
  readonly inReplyTo?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

const ID = /^<?([\w.+-]{1,100}@[\w.-]{1,253})>?$/;
const UNSUBSCRIBE = /^https:\/\/[\w.:-]+\/[\w./-]+$/;

/** The ref of a mail of ours: its Message-ID without brackets. */
export function refOf(left: string, { from }: Pick<EmailConfig, 'from'>): string {
  return `${left}@${domainOf(from.address)}`;
}

/** Writes a message as a mail. Sent again it is the same mail: id, date and boundaries depend on the delivery alone. */
export async function letterOf(message: Outbound, spot: Spot, config: EmailConfig): Promise<Letter> {
  const at = message.at ?? config.now();
  const root = spot.root === undefined ? undefined : refOf(spot.root, config);
  const own = refOf(leftOf(message.id, at), config);
  const follows = root !== undefined && root !== own;
  const answered = ID.exec(message.replyTo ?? '')?.[1];
  const thread = follows ? threadOf(root, answered ?? root) : answered && threadOf(answered, answered);
  const subject = oneLine(asTyped(message.subject ?? firstLine(message.text)), MAX_SUBJECT);
  return {
    messageId: `<${own}>`,
    from: { name: oneLine(config.from.name, 100), address: config.from.address },
    to: spot.mail,
    subject: follows ? `Re: ${subject}` : subject,
    date: at,
    ...(thread || {}),
    headers: headersOf(message),
    text: toText(message.text) + footText(message.foot),
    html: toHtml(message.text, message.foot),
    files: await Promise.all(
      (message.files ?? []).map(async ({ name, type, read }) => ({
        name: oneLine(name, 200),
        type,
        bytes: await read(),
      })),
    ),
  };
}

/** RFC 5322 §3.6.4: the conversation's first mail, and the one that is answered. */
function threadOf(root: string, parent: string): Pick<Letter, 'references' | 'inReplyTo'> {
  const chain = parent === root ? [root] : [root, parent];
  return { references: chain.map(id => `<${id}>`).join(' '), inReplyTo: `<${parent}>` };
}

/**
 * Nothing answers by itself what came by itself (RFC 3834 §5), nor out of office (MS-OXCMAIL §2.2.3.2.14); what may be refused says how, in
 * one click (RFC 8058 §3.1, https only), and that it went to many (RFC 2076 §3.9).
 */
function headersOf({ automatic, unsubscribe }: Outbound): Record<string, string> {
  const stops = unsubscribe !== undefined && UNSUBSCRIBE.test(unsubscribe) ? unsubscribe : undefined;
  return {
    ...(automatic === true ? { 'Auto-Submitted': 'auto-generated' } : {}),
    'X-Auto-Response-Suppress': automatic === true ? 'All' : 'OOF, AutoReply',
    ...(stops === undefined
      ? {}
      : {
          Precedence: 'bulk',
          'List-Unsubscribe': `<${stops}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
  };
}

/** What looks like an encoded word (RFC 2047 §2) is one to every reader, and may hide new lines: a space within keeps it as it was typed. */
function asTyped(subject: string): string {
  return subject.replace(/=(?=\?[^?\s]+\?[bq]\?)/gi, '= ');
}

function firstLine(markdown: string): string {
  return toText(markdown.slice(0, 2 * MAX_SUBJECT)).split('\n', 1)[0] ?? '';
}
