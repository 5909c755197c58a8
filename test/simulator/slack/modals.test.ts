import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;

beforeEach(async () => {
  on = await stage({ answerWithinMs: 2000 });
});
afterEach(() => on.stop());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const form = (rest: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'ticket',
  private_metadata: 'kept',
  title: plain('New ticket'),
  submit: plain('Send'),
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'Tell us *everything*' } },
    {
      type: 'input',
      block_id: 'priority',
      label: plain('Priority'),
      dispatch_action: true,
      element: {
        type: 'static_select',
        action_id: 'choice',
        options: [
          { text: plain('Regular'), value: 'regular' },
          { text: plain('High'), value: 'high' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'what',
      label: plain('What happened?'),
      hint: plain('As exactly as you can'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('Since when?'),
      element: { type: 'datetimepicker', action_id: 'at' },
    },
    { type: 'actions', elements: [{ type: 'button', action_id: 'help', text: plain('Help me') }] },
  ],
  ...rest,
});

/** Ana types /ticket and the desk opens the form. */
async function opened(view: ModalView = form()): Promise<string> {
  await on.slack.person('ana').says('/ticket');
  await on.slack.settled();
  const trigger = String(on.desk.last('command').trigger_id);
  const answer = await on.client.views.open({ trigger_id: trigger, view });
  return answer.view?.id ?? '';
}

const filled = { 'What happened': 'The disk is full', Priority: 'High' };

describe('a form', () => {
  test('shows, is filled, and is submitted as the recorded ones', async () => {
    const id = await opened();
    const ana = on.slack.person('ana');
    expect(ana.screen().modal).toMatchObject({
      title: 'New ticket',
      text: 'Tell us everything\n[Help me]',
      submit: 'Send',
      close: 'Close',
      fields: [
        {
          id: 'priority',
          kind: 'select',
          required: true,
          options: [{ label: 'Regular' }, { value: 'high' }],
        },
        { label: 'What happened?', kind: 'multiline', hint: 'As exactly as you can', value: '' },
        { label: 'Since when?', kind: 'text', required: false },
      ],
    });
    await ana.fills({ ...filled, when: '2026-11-22T14:30:00Z' });
    await ana.submits();
    expect(on.desk.last('view_submission')).toMatchObject({
      user: { id: ana.id },
      view: {
        id,
        callback_id: 'ticket',
        private_metadata: 'kept',
        root_view_id: id,
        previous_view_id: null,
        state: {
          values: {
            priority: { choice: { type: 'static_select', selected_option: { value: 'high' } } },
            what: { text: { type: 'plain_text_input', value: 'The disk is full' } },
            when: { at: { type: 'datetimepicker', selected_date_time: 1_795_357_800 } },
          },
        },
      },
    });
    expect(ana.screen().modal).toBeNull();
  });

  test('the client itself refuses empty and overlong fields, and sends nothing', async () => {
    await opened();
    const ana = on.slack.person('ana');
    await ana.fills({ what: 'x'.repeat(21) });
    await ana.submits();
    expect(ana.screen().modal?.fields.map(({ error }) => error)).toEqual([
      'Please complete this required field.',
      'This must be no more than 20 characters.',
      undefined,
    ]);
    expect(() => on.desk.last('view_submission')).toThrow();
  });

  test('tells the desk of a choice and of a button inside it', async () => {
    const id = await opened();
    const ana = on.slack.person('ana');
    await ana.fills({ Priority: 'High' });
    await ana.presses('Help me');
    await on.slack.settled();
    const acts = on.desk.received.filter(({ body }) => body.type === 'block_actions').map(({ body }) => body);
    expect(acts).toMatchObject([
      { container: { type: 'view', view_id: id }, actions: [{ selected_option: { value: 'high' } }] },
      { view: { id }, actions: [{ action_id: 'help' }] },
    ]);
    expect(acts[0]).not.toHaveProperty('response_url');
  });

  test('closing it is told where that was asked for', async () => {
    await opened(form({ notify_on_close: true }));
    await on.slack.person('ana').dismisses();
    await on.slack.settled();
    expect(on.desk.last('view_closed')).toMatchObject({ is_cleared: false, view: { callback_id: 'ticket' } });
    expect(on.slack.person('ana').screen().modal).toBeNull();
  });
});

describe('the answer to a submission', () => {
  async function submitted(answer: object | undefined): Promise<void> {
    await opened();
    await on.slack.person('ana').fills(filled);
    await on.slack.settled();
    on.desk.answer = () => (answer === undefined ? undefined : { json: answer });
    await on.slack.person('ana').submits();
  }

  test('errors stand at their fields', async () => {
    await submitted({ response_action: 'errors', errors: { what: 'Which disk?' } });
    const ana = on.slack.person('ana');
    expect(await ana.sees('Which disk?')).toBe('Which disk?');
    expect(ana.screen().modal?.fields[1]).toMatchObject({ error: 'Which disk?', value: 'The disk is full' });
  });

  test('update, push and clear move the views', async () => {
    await submitted({ response_action: 'update', view: form({ title: plain('Second') }) });
    const ana = on.slack.person('ana');
    expect(ana.screen().modal).toMatchObject({ title: 'Second', fields: [{ value: 'high' }, {}, {}] });
    on.desk.answer = () => ({ json: { response_action: 'push', view: form({ title: plain('Third') }) } });
    await ana.submits();
    expect(ana.screen().modal?.title).toBe('Third');
    await ana.dismisses();
    expect(ana.screen().modal?.title).toBe('Second');
    on.desk.answer = () => ({ json: { response_action: 'clear' } });
    await ana.submits();
    expect(ana.screen().modal).toBeNull();
  });

  test.each([
    ['an unknown field', { response_action: 'errors', errors: { nowhere: 'x' } }],
    ['no errors at all', { response_action: 'errors', errors: {} }],
    ['a wrong view', { response_action: 'update', view: { type: 'modal' } }],
    ['an unknown action', { response_action: 'dance' }],
    ['silence', undefined],
  ])('%s is trouble', async (_name, answer) => {
    await submitted(answer);
    const ana = on.slack.person('ana');
    expect(ana.screen().alerts).toEqual(['We had some trouble connecting. Try again?']);
    expect(ana.screen().modal?.title).toBe('New ticket');
  });
});

describe('views.update and views.push', () => {
  test('keep what was typed, and guard against races by the hash', async () => {
    const id = await opened(form({ external_id: 'mine' }));
    await on.slack.person('ana').fills({ what: 'typed' });
    const first = await on.client.views.update({ external_id: 'mine', view: form({ external_id: 'mine' }) });
    expect(on.slack.person('ana').screen().modal?.fields[1]?.value).toBe('typed');
    const hash = first.view?.hash;
    await on.client.views.update({ view_id: id, hash, view: form() });
    expect(await refusal(on.client.views.update({ view_id: id, hash, view: form() }))).toMatchObject({
      error: 'hash_conflict',
    });
    await on.slack.person('ana').dismisses();
    expect(await refusal(on.client.views.update({ view_id: id, view: form() }))).toMatchObject({
      error: 'not_found',
    });
  });

  test('at most three views lie on each other', async () => {
    await opened();
    const push = async (): Promise<unknown> => {
      await on.slack.person('ana').presses('Help me');
      await on.slack.settled();
      return on.client.views.push({
        trigger_id: String(on.desk.last('block_actions').trigger_id),
        view: form(),
      });
    };
    await push();
    await push();
    expect(await refusal(push())).toMatchObject({ error: 'push_limit_reached' });
  });

  test.each([
    ['a title of 25', { title: plain('x'.repeat(25)) }, '/view/title/text'],
    ['metadata of 3,001', { private_metadata: 'x'.repeat(3001) }, '/view/private_metadata'],
    ['101 blocks', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }, '/view/blocks'],
    ['inputs without a submit button', { submit: undefined }, '/view'],
    ['a markdown block', { blocks: [{ type: 'markdown', text: 'x' }] }, '/view/blocks/0/type'],
  ])('%s is refused', async (_name, rest, pointer) => {
    const refused = await refusal(opened(form(rest as Partial<ModalView>)));
    expect(refused.error).toBe('invalid_arguments');
    expect(refused.messages.join()).toContain(`[json-pointer:${pointer}]`);
  });
});
