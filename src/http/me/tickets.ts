import type { OwnFile, OwnMessage, OwnTicketView, Session } from '../../core/index.ts';
import { MESSAGE } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';
import { type Frame, hidden, page, press, type Told } from './frame.ts';
import { shownMarkdown } from './markdown.ts';
import { sizeOf, stamp } from './words.ts';

/** The list of one's tickets. */
export async function listPage(
  frame: Frame,
  session: Session,
  number: number,
  told?: Told,
): Promise<Response> {
  const { api, say } = frame;
  const read = await api.tickets(session, number);
  if (!read.ok)
    return page(frame, {
      title: say('me-bar-tickets'),
      here: 'tickets',
      told: { text: read.text, bad: true },
      main: markup``,
    });
  const { tickets, more } = read.value;
  const items = tickets.map(
    ({
      id,
      subject,
      state,
      updatedAt,
      others,
    }) => markup`<li><a class="whole" href="/me/tickets/${id}">#${id} ${subject}</a>
<p><span class="badge">${say(`state-${state}`)}</span> <span class="soft">${stamp(frame, updatedAt)}${others ? ` · ${say('me-from-colleague')}` : ''}</span></p></li>`,
  );
  const pages = markup`<nav aria-label="${say('me-pages')}" class="row">${number > 0 ? markup`<a href="/me?page=${number - 1}">${say('me-newer')}</a>` : undefined}${more ? markup`<a href="/me?page=${number + 1}">${say('me-older')}</a>` : undefined}</nav>`;
  return page(frame, {
    title: say('me-bar-tickets'),
    here: 'tickets',
    told,
    main: markup`<p><a href="/me/new">${say('me-new')}</a></p>
${tickets.length === 0 ? markup`<p class="soft">${say('list-empty')}</p>` : markup`<ul class="list card">${items}</ul>`}${more || number > 0 ? pages : undefined}`,
  });
}

/** What stood in a form that was not taken. */
export interface Typed {
  readonly text: string;
}

/** One ticket with all that was said in it, and what can be done. */
export async function ticketPage(
  frame: Frame,
  session: Session,
  id: number,
  more: { readonly told?: Told | undefined; readonly typed?: Typed; readonly status?: number } = {},
): Promise<Response> {
  const { api, say } = frame;
  const read = await api.ticket(session, id);
  if (!read.ok) return missing(frame, read.text);
  const ticket = read.value;
  return page(frame, {
    title: `#${ticket.id} ${ticket.subject}`,
    told: more.told,
    status: more.status ?? 200,
    main: markup`<p><a href="/me">${say('me-back')}</a></p>
${facts(frame, ticket)}
${ratingForm(frame, ticket)}
<section aria-labelledby="said"><h2 id="said">${say('me-said')}</h2>${ticket.earlier > 0 ? markup`<p class="soft">${say('me-earlier', { count: ticket.earlier })}</p>` : undefined}${ticket.messages.map(one => message(frame, ticket.id, one))}</section>
${replyForm(frame, ticket, more.typed)}${moves(frame, ticket)}`,
  });
}

/** That there is no such ticket, for them: word for word the same for one of somebody else. */
export function missing(frame: Frame, text: string): Response {
  const { say } = frame;
  return page(frame, {
    title: say('me-missing'),
    status: 404,
    main: markup`<p>${text}</p><p><a href="/me">${say('me-back')}</a></p>`,
  });
}

function facts(frame: Frame, { state, department, priority, openedAt, dueAt }: OwnTicketView): Markup {
  const { say } = frame;
  return markup`<div class="card"><p><span class="badge">${say(`state-${state}`)}</span></p><dl><dt>${say('field-department')}</dt><dd>${department}</dd><dt>${say('field-priority')}</dt><dd>${priority}</dd><dt>${say('me-opened')}</dt><dd>${stamp(frame, openedAt)}</dd>
${dueAt === undefined ? undefined : markup`<dt>${say('me-due')}</dt><dd>${stamp(frame, dueAt)}</dd>`}</dl></div>`;
}

function message(frame: Frame, ticketId: number, { from, body, at, edited, files }: OwnMessage): Markup {
  const { say } = frame;
  const list = files.map(file => markup`<li>${fileLine(frame, ticketId, file)}</li>`);
  return markup`<article class="card said ${from}"><header><strong>${say(`me-said-${from}`)}</strong> ${stamp(frame, at)}${edited ? markup` <span class="soft">${say('me-edited')}</span>` : undefined}</header>
<div class="body">${body === '' ? undefined : shownMarkdown(body)}</div>${files.length > 0 ? markup`<ul class="files">${list}</ul>` : undefined}</article>`;
}

function fileLine({ say, visit }: Frame, ticketId: number, { id, name, size, state }: OwnFile): Markup {
  if (state === 'ready' && size !== null)
    return markup`<a href="/me/tickets/${ticketId}/files/${id}">${name}</a> <span class="soft">${sizeOf(size, visit.locale)}</span>`;
  return markup`${name} <span class="soft">${say(`me-file-${state}`)}</span>`;
}

/** The field for files, as every form that takes some has it. */
export function fileField({ api, visit, say }: Frame): Markup {
  const { perMessage, maxSize } = api.files;
  const hint = say('me-files-hint', { count: perMessage, size: sizeOf(maxSize, visit.locale) });
  return markup`<div class="field"><label for="files">${say('me-files')}</label><input id="files" type="file" name="files" multiple aria-describedby="files-hint"><p class="hint" id="files-hint">${hint}</p></div>`;
}

function replyForm(frame: Frame, { id, mayWrite, state }: OwnTicketView, typed?: Typed): Markup {
  const { say } = frame;
  if (!mayWrite)
    return markup`<p class="card">${say('me-too-late')} <a href="/me/new">${say('me-new')}</a></p>`;
  const reopens = state === 'solved' || state === 'closed';
  return markup`<form method="post" action="/me/tickets/${id}/reply" enctype="multipart/form-data" class="card">${hidden(frame)}
<div class="field"><label for="text">${say('me-write')}</label><textarea id="text" name="text" rows="6" maxlength="${MESSAGE}">${typed?.text ?? ''}</textarea>${reopens ? markup`<p class="hint">${say('me-write-reopens')}</p>` : undefined}</div>
${fileField(frame)}<button>${say('me-send')}</button></form>`;
}

function moves(frame: Frame, { id, mayClose, mayReopen, state }: OwnTicketView): Markup {
  const { say } = frame;
  const to = `/me/tickets/${id}/move`;
  return markup`<div>${mayReopen ? press(frame, to, say('me-reopen'), { values: { to: 'reopen' }, look: 'quiet' }) : undefined}${state === 'open' ? press(frame, to, say('me-escalate'), { values: { to: 'escalate' }, look: 'quiet' }) : undefined}${mayClose ? press(frame, to, say('me-close'), { values: { to: 'close' }, look: 'danger' }) : undefined}</div>`;
}

function ratingForm(frame: Frame, { id, rating }: OwnTicketView): Markup | undefined {
  const { say } = frame;
  if (rating === undefined) return undefined;
  const choices = (['good', 'fair', 'bad'] as const).map(value => {
    const box =
      value === rating.answer
        ? markup`<input type="radio" name="answer" value="${value}" required checked>`
        : markup`<input type="radio" name="answer" value="${value}" required>`;
    return markup`<label>${box} ${say(`rate-${value}`)}</label>`;
  });
  return markup`<form method="post" action="/me/tickets/${id}/rate" class="card">${hidden(frame)}<fieldset><legend>${say('rate-title')}</legend>${choices}</fieldset>
<div class="field"><label for="comment">${say('rate-comment')}</label><textarea id="comment" name="comment" rows="3" maxlength="2000">${rating.comment ?? ''}</textarea></div><button class="quiet">${say('rate-send')}</button></form>`;
}
