import type { MessageView, PlaceView, Screen } from '../model.ts';
import { escapeHtml, inert } from './html.ts';
import type { Mail } from './types.ts';
import type { Mailbox, WrittenMail } from './world.ts';

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
    canType: true,
    messages: [],
  };
  const places = [inbox, ...conversations(entriesOf(box)).map(conversationOf)];
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

/** A mail of a conversation: one that came, or one that its reader wrote. */
interface Entry {
  readonly ids: readonly string[];
  readonly subject: string;
  readonly at: number;
  readonly view: MessageView;
}

function entriesOf(box: Mailbox): Entry[] {
  const came = box.mails.map(mail => ({
    ids: [mail.messageId, ...mail.references, ...(mail.inReplyTo === undefined ? [] : [mail.inReplyTo])],
    subject: mail.subject,
    at: mail.at,
    view: viewOf(mail),
  }));
  const written = box.written.map(mail => ({
    ids: [mail.messageId, ...(mail.answers === undefined ? [] : [mail.answers])],
    subject: mail.subject,
    at: mail.at,
    view: ownView(box, mail),
  }));
  return [...written, ...came].toSorted((one, other) => one.at - other.at);
}

/** Mails that refer to one another, as mail programs put them together: by what they refer to, even where that was never seen. */
function conversations(entries: readonly Entry[]): Entry[][] {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = entry.ids.find(id => found.has(id));
    const list = (known === undefined ? undefined : found.get(known)) ?? [];
    list.push(entry);
    for (const id of entry.ids) if (!found.has(id)) found.set(id, list);
  }
  return [...new Set(found.values())];
}

/** A conversation is called as the desk calls it, once that has answered. */
function conversationOf(entries: readonly Entry[]): PlaceView {
  const [first] = entries;
  const answered = entries.find(({ view }) => view.bot) ?? first;
  return {
    id: first?.ids[0] ?? '',
    title: answered?.subject || '(no subject)',
    kind: 'post',
    parent: INBOX,
    tags: [],
    archived: false,
    canType: true,
    messages: entries.map(({ view }) => view),
  };
}

function ownView(box: Mailbox, { messageId, subject, text, at }: WrittenMail): MessageView {
  const head = `<div class="mail-subject">${escapeHtml(subject)}</div><div class="mail-head">${escapeHtml(box.owner)} &lt;${escapeHtml(box.address)}&gt;</div>`;
  return {
    id: messageId,
    author: box.owner,
    bot: false,
    text: `${subject}\n${text}`,
    html: `${head}<div class="mail-body"><pre>${escapeHtml(text)}</pre></div>`,
    buttons: [],
    reactions: [],
    ephemeral: false,
    edited: false,
    at,
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
