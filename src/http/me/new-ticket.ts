import type { Context } from 'hono';
import type { FormField, FormView, Session } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';
import { readForm } from './form.ts';
import { type Frame, hidden, page, type Told } from './frame.ts';
import { shownMarkdown } from './markdown.ts';
import { forged } from './sign-in.ts';
import { fileField } from './tickets.ts';

/** Fields of the form that opens a ticket; nothing else of what was sent is looked at. */
const FIELDS = [
  'department',
  'priority',
  'about',
  'subject',
  'description',
  'server',
  'service',
  'began',
  'diagnostics',
] as const;

/** The form that opens a ticket, as it is first shown. `department`, `priority`: what a link has chosen. */
export async function newPage(c: Context, frame: Frame, session: Session): Promise<Response> {
  const chosen = Object.fromEntries(
    (['department', 'priority'] as const).flatMap(name => {
      const value = c.req.query(name);
      return value === undefined ? [] : [[name, value.slice(0, 40)]];
    }),
  );
  const form = await frame.api.form(session, chosen);
  return form.ok ? formPage(frame, form.value) : formless(frame, markup`<p>${form.text}</p>`);
}

/** The form was sent: it becomes a ticket, or comes back with what is missing. */
export async function openTicket(c: Context, frame: Frame, session: Session): Promise<Response> {
  const { api, visit, say } = frame;
  const read = await readForm(c, api, visit, { files: true });
  if (!read.ok) return forged(frame, read.why);
  const { form } = read;
  const values = Object.fromEntries(
    FIELDS.map(name => [name, form.get(name)]).filter(([, value]) => value !== ''),
  );
  const again = async (told: Told | undefined): Promise<Response> => {
    await api.uploads.drop(form.files);
    const shown = await api.form(session, values);
    return shown.ok ? formPage(frame, shown.value, told) : formless(frame, markup`<p>${shown.text}</p>`);
  };
  if (form.get('shape') !== '') return again(undefined);
  if (form.tooLarge.length > 0)
    return again({ text: say('me-file-too-large', { names: form.tooLarge.join(', ') }), bad: true });
  const opened = await api.open(session, { once: form.once, values, files: form.files });
  if (opened.ok && opened.value.is === 'opened') return c.redirect('/me?told=opened', 303);
  await api.uploads.drop(form.files);
  if (!opened.ok) return formless(frame, markup`<p role="alert">${opened.text}</p>`);
  if (opened.value.is === 'faults')
    return formPage(frame, opened.value.form, { text: say('me-form-faults'), bad: true });
  if (opened.value.is === 'proof-first') return formless(frame, shownMarkdown(opened.value.text));
  return c.redirect('/me', 303);
}

function formless(frame: Frame, main: Markup): Response {
  return page(frame, {
    title: frame.say('me-new'),
    here: 'new',
    status: 409,
    main: markup`<div class="card body">${main}</div>`,
  });
}

function formPage(frame: Frame, form: FormView, told?: Told): Response {
  const { say } = frame;
  return page(frame, {
    title: say('me-new'),
    here: 'new',
    told,
    status: told?.bad === true ? 422 : 200,
    main: markup`<form method="post" action="/me/new" enctype="multipart/form-data" class="card" novalidate>${hidden(frame)}${form.fields.map(one => field(frame, one))}
${fileField(frame)}<button>${say('me-open')}</button></form>`,
  });
}

function field({ say }: Frame, one: FormField): Markup {
  const { id, label, hint, error, required, reshapes } = one;
  const described = markup`${hint === undefined || hint === '' ? undefined : markup`<p class="hint" id="${id}-hint">${hint}</p>`}${error === undefined ? undefined : markup`<p class="error" id="${id}-error">${error}</p>`}`;
  // Without JavaScript a choice that changes the form asks for it with a button.
  const shape =
    reshapes === true
      ? markup`<button class="link" name="shape" value="${id}" formnovalidate>${say('me-reshape')}</button>`
      : undefined;
  const name = required ? label : `${label} (${say('me-optional')})`;
  return markup`<div class="field"><label for="${id}">${name}</label>${control(one)}${shape}${described}</div>`;
}

function control({
  id,
  kind,
  options,
  value,
  required,
  maxLength,
  placeholder,
  error,
  hint,
}: FormField): Markup {
  const about = [
    ...(hint === undefined || hint === '' ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  const state = markup`aria-describedby="${about}" aria-invalid="${error === undefined ? 'false' : 'true'}" aria-required="${required ? 'true' : 'false'}"`;
  if (kind === 'choice') {
    const choices = (options ?? []).map(one =>
      one.value === value
        ? markup`<option value="${one.value}" selected>${one.label}</option>`
        : markup`<option value="${one.value}">${one.label}</option>`,
    );
    return markup`<select id="${id}" name="${id}" ${state}>${choices}</select>`;
  }
  if (kind === 'multiline')
    return markup`<textarea id="${id}" name="${id}" rows="6" maxlength="${maxLength}" placeholder="${placeholder ?? ''}" ${state}>${value ?? ''}</textarea>`;
  return markup`<input id="${id}" name="${id}" maxlength="${maxLength}" placeholder="${placeholder ?? ''}" value="${value ?? ''}" ${state}>`;
}
