import type { SayArgs } from '../text/index.ts';

/** What a person gave so far: field id → text. */
export type Values = Readonly<Record<string, string>>;

/** One field of the form, as declared. */
export interface FieldSpec {
  readonly id:
    | 'department'
    | 'priority'
    | 'about'
    | 'subject'
    | 'description'
    | 'server'
    | 'service'
    | 'began'
    | 'diagnostics';
  readonly kind: 'text' | 'multiline' | 'choice';
  /** The first page for everybody; the second for a critical incident. */
  readonly page: 'base' | 'facts';
  readonly required: boolean;
  /** In UTF-16 units. 3,000 is the least that the platforms' long inputs take (Slack plain_text_input: 3,000; Discord paragraph: 4,000). */
  readonly maxLength: number;
  /** The conversation asks for it. */
  readonly asked: boolean;
}

/** What is wrong with a field: a phrase and its arguments. */
export interface FieldFault {
  readonly key: string;
  readonly args: SayArgs;
  /** The moments that a time can mean, to choose from; absent when it is no question of that. */
  readonly moments?: readonly { readonly at: Date; readonly label: string }[];
}

/** Field id → what is wrong with it. */
export type Faults = Readonly<Record<string, FieldFault>>;
