import { describeScreen, PATIENCE_MS, waitToSee, waitUntil } from '../looking.ts';
import type { ButtonView, GivenFile, MessageView, ModalView, Screen } from '../model.ts';
import { Client } from './client.ts';
import { escapeHtml, htmlOf, textOf } from './html.ts';
import type { Answer, Field, Form, Line, PersonSpec, WebPerson } from './types.ts';

/** What a person needs of the site. */
export interface Site {
  readonly origin: string;
  /** Where the desk is; empty while it is nowhere. */
  desk(): string;
  /** A token that says who somebody is. */
  tokenFor(customer: string, name: string): string;
  changed(): void;
  onChange(listener: () => void): () => void;
  now(): number;
}

/** The one place of the site. */
export const CHAT = 'chat';

const NONE = 'the bubble has no such thing';

/** Puts somebody in front of the site. */
export function makePerson(site: Site, spec: PersonSpec): WebPerson & { end(): void } {
  return new Browser(site, spec);
}

class Browser implements WebPerson {
  readonly name: string;
  readonly platform = 'website';
  readonly role = 'customer';
  readonly id: string;
  readonly sent: string[] = [];
  readonly #site: Site;
  readonly #spec: PersonSpec;
  readonly #client: Client;
  #notes: { readonly answer: Extract<Answer, { show: 'words' }>; readonly at: number }[] = [];
  #form: Form | undefined;
  #values: Record<string, string> = {};

  constructor(site: Site, spec: PersonSpec) {
    this.name = spec.name;
    this.id = spec.customer === undefined ? '' : `c-${spec.customer}`;
    this.#site = site;
    this.#spec = spec;
    const { customer, locale = 'en' } = spec;
    this.#client = new Client({
      desk: () => site.desk(),
      origin: site.origin,
      lang: locale,
      token: () => (customer === undefined ? undefined : site.tokenFor(customer, spec.name)),
      changed: () => site.changed(),
    });
  }

  async says(text: string, _where?: string, files: readonly GivenFile[] = []): Promise<string | undefined> {
    const kept = await Promise.all(files.map(({ name, bytes }) => this.#client.upload(name, bytes)));
    this.sent.push(...files.map(({ name }) => name));
    return this.#client.say(text, kept);
  }

  async sends(text: string, files: readonly GivenFile[] = []): Promise<void> {
    const kept = await Promise.all(files.map(({ name, bytes }) => this.#client.upload(name, bytes)));
    await this.#client.post(text, kept);
  }

  leaves(): void {
    this.#client.leave();
  }

  async returns(): Promise<void> {
    await this.#client.return();
  }

  async goes(): Promise<void> {
    await this.#client.stands();
  }

  async presses(label: string): Promise<void> {
    const buttons = [
      ...[...this.#client.lines.values()].flatMap(({ ref, buttons = [] }) =>
        buttons.map(one => ({ ...one, ref })),
      ),
      ...this.#notes.flatMap(({ answer }) => (answer.buttons ?? []).map(one => ({ ...one, ref: undefined }))),
    ];
    const button =
      buttons.findLast(one => one.label === label) ?? buttons.findLast(one => one.label.includes(label));
    if (button === undefined)
      throw new Error(`${this.name} sees no button "${label}":\n${describeScreen(this.screen())}`);
    const { action, ref } = button;
    this.#show(await this.#client.press(action, ref === undefined ? {} : { ref }));
  }

  async acts(action: string): Promise<void> {
    this.#show(await this.#client.press(action));
  }

  async reads(): Promise<void> {
    await this.#client.read();
  }

  get after(): number {
    return this.#client.after;
  }

  async fills(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.#field(name);
      const chosen = field.options?.find(
        one => one.value === value || one.label === value || one.label.includes(value),
      );
      if (field.options !== undefined && chosen === undefined)
        throw new Error(`"${name}" has no choice "${value}"`);
      this.#values[field.id] = chosen?.value ?? value;
      if (field.reshapes && this.#form !== undefined) {
        const { page, draft } = this.#form;
        this.#show(
          await this.#client.press(page === 'details' ? `details:${draft}` : 'reshape', {
            values: this.#values,
          }),
        );
      }
    }
    this.#site.changed();
  }

  async submits(): Promise<void> {
    if (this.#form === undefined) throw new Error(`${this.name} has no form open`);
    this.#show(await this.#client.submit(this.#form.page, this.#form.draft, this.#values));
  }

  async dismisses(): Promise<void> {
    this.#form = undefined;
    this.#site.changed();
  }

  async edits(): Promise<void> {
    throw new Error(NONE);
  }

  /** What one has said stands; the bubble takes nothing back. */
  async deletes(): Promise<void> {}

  async reacts(): Promise<void> {
    throw new Error(NONE);
  }

  async repliesTo(_id: string, text: string): Promise<string | undefined> {
    return this.says(text);
  }

  sees(what: string | RegExp, where?: string, withinMs = PATIENCE_MS): Promise<string> {
    return waitToSee(this, what, where, withinMs);
  }

  watches(what: (screen: Screen) => boolean, describe: string, withinMs = PATIENCE_MS): Promise<Screen> {
    return waitUntil(this, what, describe, withinMs);
  }

  onChange(listener: () => void): () => void {
    return this.#site.onChange(listener);
  }

  end(): void {
    this.#client.end();
  }

  screen(): Screen {
    const lines = [...this.#client.lines.values()].toSorted((a, b) => a.at - b.at || a.ref - b.ref);
    // Nobody else has what is on its way.
    const unsent = [...this.#client.unsent].map(([key, { text }]) => ({
      ...messageOf(this.name, { key, text, at: this.#site.now() }),
      ephemeral: true,
    }));
    const messages = [
      ...lines.filter(one => !one.gone).map(one => this.#message(one)),
      ...this.#notes.map(noteOf),
      ...unsent,
    ];
    return {
      platform: 'website',
      person: this.name,
      role: 'customer',
      locale: this.#spec.locale ?? 'en',
      places: [{ id: CHAT, title: 'Chat', kind: 'dm', tags: [], archived: false, canType: true, messages }],
      current: CHAT,
      modal: this.#form === undefined ? null : modalOf(this.#form, this.#values),
      alerts: this.#client.alerts,
      commands: [],
    };
  }

  #message(line: Line): MessageView {
    const own = line.key !== undefined;
    return {
      id: String(line.ref),
      author: own ? this.name : (line.author ?? 'Support'),
      bot: !own,
      text: textOf(line.pieces),
      html: htmlOf(line.pieces),
      buttons: (line.buttons ?? []).map(buttonOf),
      reactions: [],
      ...(line.files && { files: line.files.map(name => ({ name, size: 0, url: '' })) }),
      ephemeral: false,
      edited: line.seq !== line.ref,
      at: line.at,
    };
  }

  #show(answer: Answer | undefined): void {
    if (answer?.show === 'form') {
      this.#form = answer.form;
      this.#values = Object.fromEntries(
        answer.form.fields.map(({ id, value, options }) => [id, value ?? options?.[0]?.value ?? '']),
      );
    } else if (answer?.show === 'words') {
      this.#form = undefined;
      this.#notes = [...this.#notes, { answer, at: this.#site.now() }];
    }
    this.#site.changed();
  }

  #field(name: string): Field {
    const fields = this.#form?.fields ?? [];
    const found =
      fields.find(({ id, label }) => id === name || label === name) ??
      fields.find(({ label }) => label.toLowerCase().includes(name.toLowerCase()));
    if (found === undefined)
      throw new Error(`The form has no field "${name}"; it has: ${fields.map(one => one.label).join(', ')}`);
    return found;
  }
}

/** @param nth its place among them: two may come within one millisecond */
function noteOf(
  {
    answer,
    at,
  }: {
    readonly answer: Extract<Answer, { show: 'words' }>;
    readonly at: number;
  },
  nth: number,
): MessageView {
  return {
    ...messageOf('Support', { key: `note-${nth}`, text: textOf(answer.pieces), at }),
    bot: true,
    html: htmlOf(answer.pieces),
    buttons: (answer.buttons ?? []).map(buttonOf),
    ephemeral: true,
  };
}

function messageOf(
  author: string,
  { key, text, at }: { readonly key: string; readonly text: string; readonly at: number },
): MessageView {
  return {
    id: key,
    author,
    bot: false,
    text,
    html: escapeHtml(text),
    buttons: [],
    reactions: [],
    ephemeral: false,
    edited: false,
    at,
  };
}

function buttonOf({ action, label, style }: NonNullable<Line['buttons']>[number]): ButtonView {
  const known = ['plain', 'primary', 'danger', 'success'] as const;
  return { id: action, label, style: known.find(one => one === style) ?? 'plain', disabled: false };
}

function modalOf(form: Form, values: Readonly<Record<string, string>>): ModalView {
  return {
    id: `${form.page}:${form.draft}`,
    title: form.title,
    text: '',
    submit: form.submit,
    close: form.close,
    fields: form.fields.map(
      ({ id, label, hint = '', kind, options = [], required, placeholder = '', error }) => ({
        id,
        label,
        hint,
        kind: kind === 'choice' ? 'select' : kind,
        options,
        value: values[id] ?? '',
        required,
        placeholder,
        ...(error !== undefined && { error }),
      }),
    ),
  };
}
