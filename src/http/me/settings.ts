import type { Context } from 'hono';
import type { Done, OwnPlace, OwnRoute, OwnSettings, Session } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';
import { readForm, type Sent } from './form.ts';
import { type Frame, hidden, page, press, type Told } from './frame.ts';
import { shownMarkdown } from './markdown.ts';
import { forged } from './sign-in.ts';
import { browserName, stamp } from './words.ts';

/** What somebody can set: where they are told of what, when and in which language, who they are, where they are signed in. */
export async function settingsPage(
  frame: Frame,
  session: Session,
  told?: Told,
  secret?: string,
  status = told?.bad === true ? 422 : 200,
): Promise<Response> {
  const { api, say } = frame;
  const read = await api.settings(session);
  const title = say('me-bar-settings');
  if (!read.ok)
    return page(frame, { title, here: 'settings', told: { text: read.text, bad: true }, main: markup`` });
  const own = read.value;
  return page(frame, {
    title,
    here: 'settings',
    told,
    status,
    main: markup`${secret === undefined ? undefined : markup`<p class="card told" role="status">${say('me-calendar-made')} <code>${secret}</code></p>`}
${places(frame, own)}${hours(frame, own)}${calendar(frame, own)}${identities(frame, own)}${sessions(frame, own)}`,
  });
}

function section(id: string, title: string, main: Markup): Markup {
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${main}</section>`;
}

function places(frame: Frame, own: OwnSettings): Markup {
  const { say } = frame;
  const prove = own.mayChange
    ? undefined
    : markup`<p class="card">${say('me-prove-first')}${own.area === undefined ? undefined : markup` <a href="${own.area}">${say('me-prove-there')}</a>`}</p>`;
  const code = own.waits
    ? markup`<form method="post" action="/me/settings/code" class="card">${hidden(frame)}<div class="field"><label for="code">${say('notify-field-code')}</label><input id="code" name="code" maxlength="40" autocomplete="one-time-code" required aria-describedby="code-hint"><p class="hint" id="code-hint">${say('notify-field-code-hint')}</p></div><button>${say('me-confirm')}</button></form>`
    : undefined;
  return section(
    'places',
    say('me-places'),
    markup`<p class="soft">${say('me-places-why')}</p>${prove}${code}${own.routes.map(route => routeCard(frame, route, own.mayChange))}`,
  );
}

function routeCard(frame: Frame, { type, places: used, others }: OwnRoute, mayChange: boolean): Markup {
  const { say } = frame;
  const name = say(`notify-type-${type}`);
  const items = used.map((one, index) => placeLine(frame, type, one, { first: index === 0, mayChange }));
  const chats = others.map(one =>
    press(frame, '/me/settings/place', say('button-notify-use', { name: one.label }), {
      values: { do: 'use', type, handle: String(one.handleId) },
      look: 'quiet',
      about: name,
    }),
  );
  const add = markup`<details><summary>${say('me-add-place')}<span class="soft"> – ${name}</span></summary>
<form method="post" action="/me/settings/add">${hidden(frame)}<input type="hidden" name="type" value="${type}"><div class="field"><label for="add-${type}">${say('notify-field-address')}</label><input id="add-${type}" name="address" type="email" maxlength="254" required></div><button>${say('me-add')}</button></form>${chats}</details>`;
  return markup`<article class="card" id="type-${type}"><h3>${name}</h3>${used.length === 0 ? markup`<p class="soft">${say('me-nowhere')}</p>` : markup`<ol class="list">${items}</ol>`}${mayChange ? add : undefined}</article>`;
}

function placeLine(
  frame: Frame,
  type: string,
  { handleId, label, state }: OwnPlace,
  { first, mayChange }: { readonly first: boolean; readonly mayChange: boolean },
): Markup {
  const { say } = frame;
  const values = (what: string) => ({ do: what, type, handle: String(handleId) });
  const buttons = mayChange
    ? markup`<div>${first ? undefined : press(frame, '/me/settings/place', say('me-first'), { values: values('first'), look: 'quiet', about: label })}${press(frame, '/me/settings/place', say('me-drop'), { values: values('drop'), look: 'danger', about: label })}</div>`
    : undefined;
  return markup`<li>${label}${state === 'ready' ? undefined : markup` <span class="soft">(${say(`notify-state-${state}`)})</span>`}${buttons}</li>`;
}

function hours(frame: Frame, { quiet, zone, locale }: OwnSettings): Markup {
  const { api, say } = frame;
  const languages = api.languages.map(one =>
    one.locale === locale
      ? markup`<option value="${one.locale}" selected>${one.name}</option>`
      : markup`<option value="${one.locale}">${one.name}</option>`,
  );
  const text = (id: 'from' | 'to' | 'zone', value: string): Markup =>
    markup`<div class="field"><label for="${id}">${say(`notify-field-${id}`)}</label><input id="${id}" name="${id}" maxlength="60" value="${value}" aria-describedby="${id}-hint"><p class="hint" id="${id}-hint">${say(`notify-field-${id}-hint`)}</p></div>`;
  return section(
    'hours',
    say('me-hours'),
    markup`<form method="post" action="/me/settings/hours" class="card">${hidden(frame)}<div class="row">${text('from', quiet?.from ?? '')}${text('to', quiet?.to ?? '')}</div>${text('zone', zone)}
<div class="field"><label for="language">${say('notify-field-language')}</label><select id="language" name="language">${languages}</select></div><button>${say('me-save')}</button></form>`,
  );
}

function calendar(frame: Frame, { hasCalendar, invites }: OwnSettings): Markup {
  const { say } = frame;
  return section(
    'calendar',
    say('me-calendar'),
    markup`<div class="card"><p>${say('me-calendar-why')}</p>${press(frame, '/me/settings/calendar', say(hasCalendar ? 'me-calendar-anew' : 'me-calendar-make'), { values: { on: 'yes' }, look: 'quiet' })}${hasCalendar ? press(frame, '/me/settings/calendar', say('me-calendar-end'), { values: { on: 'no' }, look: 'danger' }) : undefined}<p>${say(invites ? 'me-invites-on' : 'me-invites-off')}</p>${press(frame, '/me/settings/invites', say(invites ? 'button-notify-files' : 'button-notify-invites'), { values: { on: invites ? 'off' : 'on' }, look: 'quiet' })}</div>`,
  );
}

function identities(frame: Frame, own: OwnSettings): Markup {
  const { say } = frame;
  const items = own.identities.map(
    ({
      handleId,
      label,
      since,
    }) => markup`<li>${label} <span class="soft">${say('me-since')} ${stamp(frame, since)}</span>
${press(frame, '/me/settings/unlink', say('me-unlink'), { values: { handle: String(handleId) }, look: 'danger', about: label })}</li>`,
  );
  const list =
    items.length === 0
      ? markup`<p class="soft">${say('me-no-identities')}</p>`
      : markup`<ul class="list">${items}</ul>`;
  return section(
    'identities',
    say('me-identities'),
    markup`<div class="card">${list}<p>${say('me-link-how')}${own.area === undefined ? undefined : markup` <a href="${own.area}">${say('me-prove-there')}</a>`}</p></div>`,
  );
}

function sessions(frame: Frame, own: OwnSettings): Markup {
  const { say } = frame;
  const items = own.sessions.map(({ id, how, agent, madeAt, seenAt, isThis }) => {
    const name = agent === '' ? say('me-browser-unknown') : browserName(agent);
    const end = press(frame, '/me/settings/session', say('me-end'), {
      values: { id: String(id) },
      look: 'danger',
      about: name,
    });
    return markup`<li>${name}<p class="soft">${say(`me-how-${how}`)} · ${say('me-since')} ${stamp(frame, madeAt)} · ${say('me-seen')} ${stamp(frame, seenAt)}</p>${isThis ? markup`<strong>${say('me-this')}</strong>` : end}</li>`;
  });
  const all =
    own.sessions.length > 1
      ? press(frame, '/me/settings/others', say('me-end-others'), { look: 'danger' })
      : undefined;
  return section(
    'sessions',
    say('me-sessions'),
    markup`<div class="card"><ul class="list">${items}</ul>${all}</div>`,
  );
}

/** What each form of the page does. */
const deeds = {
  place: ({ api }, session, form) =>
    api.pressNotify(session, {
      once: form.once,
      action: `notify-${form.get('do')}:${form.get('type')}:${form.get('handle')}`,
    }),
  add: ({ api }, session, form) =>
    api.fillNotify(session, {
      once: form.once,
      form: `add:${form.get('type')}`,
      values: { address: form.get('address') },
    }),
  code: ({ api }, session, form) =>
    api.fillNotify(session, { once: form.once, form: 'code', values: { code: form.get('code') } }),
  hours: ({ api }, session, form) =>
    api.fillNotify(session, {
      once: form.once,
      form: 'hours',
      values: Object.fromEntries(['from', 'to', 'zone', 'language'].map(name => [name, form.get(name)])),
    }),
  invites: ({ api }, session, form) =>
    api.pressNotify(session, { once: form.once, action: `notify-invites:${form.get('on')}` }),
  unlink: ({ api }, session, form) => api.unlink(session, form.get('handle')),
  session: ({ api }, session, form) => api.endSession(session, idIn(form.get('id'))),
  others: ({ api }, session) => api.endOthers(session),
} satisfies Record<string, (frame: Frame, session: Session, form: Sent) => Promise<Done<unknown>>>;

const idIn = (text: string): number => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0);

/** A form of the settings was sent. What was done is said on the page as it is then; undefined for a form that there is not. */
export async function changeSettings(
  c: Context,
  frame: Frame,
  session: Session,
  what: string,
): Promise<Response | undefined> {
  const { api, visit, say } = frame;
  const deed = Object.entries(deeds).find(([name]) => name === what)?.[1];
  if (deed === undefined && what !== 'calendar') return undefined;
  const read = await readForm(c, api, visit);
  if (!read.ok) return forged(frame, read.why);
  if (deed === undefined) return changeCalendar(frame, session, read.form);
  const done = await deed(frame, session, read.form);
  if (!done.ok)
    return settingsPage(frame, session, { text: done.text, bad: true }, undefined, done.missing ? 404 : 422);
  const value: unknown = done.value;
  const said = isSaid(value) ? value : undefined;
  if (said?.done === false) return settingsPage(frame, session, { text: plainOf(said.text), bad: true });
  if (what === 'hours') return c.redirect('/me/settings?told=saved', 303);
  return settingsPage(frame, session, {
    text: said === undefined || said.text === '' ? say('me-saved') : plainOf(said.text),
  });
}

function isSaid(value: unknown): value is { readonly done: boolean; readonly text: string } {
  return typeof value === 'object' && value !== null && 'done' in value && 'text' in value;
}

/** CommonMark in one line, without its marks. */
function plainOf(text: string): string {
  return shownMarkdown(text)
    .source.replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");
}

async function changeCalendar(frame: Frame, session: Session, form: Sent): Promise<Response> {
  const { api, say } = frame;
  const made = await api.calendar(session, { once: form.once, on: form.get('on') === 'yes' });
  if (!made.ok) return settingsPage(frame, session, { text: made.text, bad: true });
  return made.value === undefined
    ? settingsPage(frame, session, { text: say('me-saved') })
    : settingsPage(frame, session, undefined, made.value);
}
