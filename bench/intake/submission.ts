import type { Screen } from '../../src/simulator/model.ts';
import type { SlackSimulator } from '../../src/simulator/slack/index.ts';

/** A signed request that opens a ticket, with two gaps: the view's id, which makes it a new event, and the person's. */
export interface Submission {
  readonly secret: string;
  /** The form-encoded body, cut at the gaps. */
  readonly parts: readonly string[];
  /** Of each gap: what goes in. */
  readonly gaps: readonly ('view' | 'user')[];
}

const VIEW = 'VIEWGAPVIEW';
const USER = 'USERGAPUSER';

/** Ben opens a ticket as people do; what Slack sent for it is the pattern of all that follow. */
export async function recordSubmission(slack: SlackSimulator): Promise<Submission> {
  const ben = slack.person('ben');
  await ben.says('/ticket', 'support');
  const { modal } = await ben.watches(screen => screen.modal !== null, 'the form');
  await ben.fills(filled(modal));
  await ben.submits();
  await ben.watches(screen => screen.modal !== null && screen.modal.fields.length === 0, 'the ticket number');
  const body = new URLSearchParams(slack.lastDelivery?.body).get('payload') ?? '';
  const { type, view, user } = JSON.parse(body) as {
    type: string;
    view: { id: string };
    user: { id: string };
  };
  if (type !== 'view_submission') throw new Error(`the form was sent as ${type}`);
  const gapped = encodeURIComponent(body.replaceAll(view.id, VIEW).replaceAll(user.id, USER));
  const pieces = `payload=${gapped}`.split(new RegExp(`(${VIEW}|${USER})`));
  return {
    secret: slack.signingSecret,
    parts: pieces.filter((_, index) => index % 2 === 0),
    gaps: pieces.flatMap((piece, index) => (index % 2 === 0 ? [] : [piece === VIEW ? 'view' : 'user'])),
  };
}

/** Something in every field that must not be empty; the first of each choice that is not made yet. */
export function filled(modal: Screen['modal']): Record<string, string> {
  const empty = (modal?.fields ?? []).filter(field => field.required && field.value === '');
  return Object.fromEntries(
    empty.map(({ id, kind, options }) => [
      id,
      kind === 'select'
        ? (options[0]?.value ?? '')
        : 'The mail server answers with "451 try later" since noon.',
    ]),
  );
}

/** A body for one person and one view that was never sent before. */
export function fill({ parts, gaps }: Submission, view: string, user: string): string {
  return parts.reduce((body, part, index) => body + (gaps[index - 1] === 'view' ? view : user) + part);
}
