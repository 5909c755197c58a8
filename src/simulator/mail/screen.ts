import type { MessageView, PlaceView, Screen } from '../model.ts';
import { escapeHtml, inert } from './html.ts';
import type { Mail } from './types.ts';
import type { Mailbox } from './world.ts';

/** The place with all conversations. */
export const INBOX = 'inbox';

/** What the owner of a mailbox sees now. */
export function screenOf(box: Mailbox, current: string): Screen {
  const inbox: PlaceView = {
    id: INBOX,
    title: `Inbox – ${box.address}`,
    kind: 'forum',
    tags: [],
    archived: false,
    canType: false,
    messages: [],
  };
  const places = [inbox, ...conversations(box.mails).map(conversationOf)];
  return {
    platform: 'mail',
    person: box.owner,
    role: 'customer',
    locale: box.locale,
    places,
    current: places.some(({ id }) => id === current) ? current : INBOX,
    modal: null,
    alerts: [],
    commands: [],
  };
}

/** Mails that refer to one another, as mail programs put them together: by what they refer to, even where that was never seen. */
function conversations(mails: readonly Mail[]): Mail[][] {
  const found = new Map<string, Mail[]>();
  for (const mail of mails) {
    const ids = [
      mail.messageId,
      ...mail.references,
      ...(mail.inReplyTo === undefined ? [] : [mail.inReplyTo]),
    ];
    const known = ids.find(id => found.has(id));
    const list = (known === undefined ? undefined : found.get(known)) ?? [];
    list.push(mail);
    for (const id of ids) if (!found.has(id)) found.set(id, list);
  }
  return [...new Set(found.values())];
}

function conversationOf(mails: readonly Mail[]): PlaceView {
  const [first] = mails;
  return {
    id: first?.messageId ?? '',
    title: first?.subject || '(no subject)',
    kind: 'post',
    parent: INBOX,
    tags: [],
    archived: false,
    canType: false,
    messages: mails.map(viewOf),
  };
}

function viewOf(mail: Mail): MessageView {
  const { id, from, subject, text, html, attachments, at } = mail;
  const head = `<div class="mail-subject">${escapeHtml(subject)}</div><div class="mail-head">${escapeHtml(from.name)} &lt;${escapeHtml(from.address)}&gt; → ${escapeHtml(mail.mailbox)}</div>`;
  const body = html === '' ? `<pre>${escapeHtml(text)}</pre>` : inert(html);
  return {
    id,
    author: from.name || from.address,
    bot: true,
    text: `${subject}\n${text}`,
    html: `${head}<div class="mail-body">${body}</div>`,
    buttons: [],
    reactions: [],
    ...(attachments.length === 0
      ? {}
      : { files: attachments.map(({ name, bytes }) => ({ name, size: bytes.length, url: '' })) }),
    ephemeral: false,
    edited: false,
    at,
  };
}
