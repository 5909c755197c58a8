/** What is shown to a person who acts: forms, buttons, answers. */

/**
 * Which fields a form shows: all at once, or one of two pages where the platform's forms are small. `link` asks for a
 * proof, `notify` where its person is told things, `notice` what staff tell customers, `rate` how it went, `details` what is missing of a ticket that was a chat, `by-mail` where its answers
 * go too: these hold no files, and need no room for a ticket (`isTicketForm`).
 */
export type FormPage =
  | 'all'
  | 'base'
  | 'facts'
  | 'link'
  | 'notify'
  | 'notice'
  | 'rate'
  | 'details'
  | 'by-mail';

/** A form that opens a ticket: it may bring files, and needs a place where a ticket can be. */
export function isTicketForm(page: FormPage): boolean {
  return page === 'all' || page === 'base' || page === 'facts';
}

/** One choice of a field. */
export interface FormOption {
  readonly value: string;
  readonly label: string;
}

/** One field, ready to be shown: in the person's language, with what they gave so far and what is wrong with it. */
export interface FormField {
  readonly id: string;
  readonly kind: 'text' | 'multiline' | 'choice';
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly options?: readonly FormOption[];
  readonly required: boolean;
  readonly maxLength: number;
  readonly value?: string;
  /** What is missing or wrong, said to the person. */
  readonly error?: string;
  /** A change of this field changes which fields the form has. */
  readonly reshapes?: boolean;
}

/** A form, ready to be shown. */
export interface FormView {
  readonly page: FormPage;
  /** Our id of what was given so far; empty while nothing is kept. At most 20 characters. */
  readonly draft: string;
  readonly locale: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly fields: readonly FormField[];
}

/** A button: `action` comes back in `Pressed` as it is; at most 60 bytes. Labels are plain text of at most 40 characters. */
export interface Button {
  readonly action: string;
  readonly label: string;
  readonly style?: 'plain' | 'primary' | 'danger' | 'success';
}

/** What core answers to the person who acted, privately and at once, where the platform waits for an answer. */
export type Answer =
  /** `aside`: what came was set aside now, so nobody fetches its files. */
  | { readonly type: 'nothing'; readonly aside?: true }
  /**
   * CommonMark, for the asker's eyes only. `done`: an open form has done its work and may go. `secret`: there is something in it that is not kept once
   * it has been said.
   */
  | {
      readonly type: 'say';
      readonly text: string;
      readonly buttons?: readonly Button[];
      readonly done?: boolean;
      readonly secret?: true;
      readonly title?: string;
    }
  /** At most 25 choices for a value that is being typed: labels of at most 100 characters of plain text. */
  | { readonly type: 'choices'; readonly choices: readonly FormOption[] }
  /** Show this form. */
  | { readonly type: 'form'; readonly form: FormView }
  /** The form was not accepted: show it again with the errors at the fields, or `retry` under a text where that cannot be. */
  | { readonly type: 'faults'; readonly form: FormView; readonly text: string; readonly retry: Button };
