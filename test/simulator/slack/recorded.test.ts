import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, stage } from './stand-in.ts';

// Real, scrubbed payloads lie beside the project, not in it; without them these tests are skipped by name.
const folder = new URL('../../../../shared/recorded/', import.meta.url);

type Recorded = Record<string, Record<string, unknown>>;
const read = (name: string): Recorded => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** Paths of all members that the real payload has and the pretend one has not. Lists are compared by their first items. */
function missing(real: unknown, pretend: unknown, path = ''): string[] {
  if (Array.isArray(real))
    return real.length ? missing(real[0], (pretend as unknown[])?.[0], `${path}/0`) : [];
  if (typeof real !== 'object' || real === null) return [];
  if (typeof pretend !== 'object' || pretend === null) return [path];
  return Object.entries(real).flatMap(([name, member]) =>
    name in pretend
      ? missing(member, (pretend as Record<string, unknown>)[name], `${path}/${name}`)
      : [`${path}/${name}`],
  );
}

describe.skipIf(!existsSync(folder))(
  'payloads have every member of the recorded ones (skipped without ../shared/recorded)',
  () => {
    let on: Stage;
    const plain = (text: string) => ({ type: 'plain_text' as const, text });

    beforeAll(async () => {
      on = await stage();
      const ana = on.slack.person('ana');
      const channel = on.slack.channelId('support');
      const root = (await ana.says('hello hello')) ?? '';
      const blocks = [{ type: 'actions', elements: [{ type: 'button', text: plain('Go'), value: 'v' }] }];
      const { ts = '' } = await on.client.chat.postMessage({ channel, thread_ts: root, text: 'x', blocks });
      await ana.presses('Go', 'hello hello');
      await ana.reacts(ts, '+1');
      await ana.says('/ticket');
      await on.slack.settled();
      const element = { type: 'plain_text_input' as const, action_id: 'message' };
      await on.client.views.open({
        trigger_id: String(on.desk.last('command').trigger_id),
        view: {
          type: 'modal',
          title: plain('Feedback'),
          submit: plain('Send'),
          close: plain('Cancel'),
          blocks: [{ type: 'input', block_id: 'message', label: plain('L'), element }],
        },
      });
      await ana.fills({ message: 'x' });
      await ana.submits();
    });
    afterAll(() => on.stop());

    test('slash commands', () => {
      const real = read('slack-slash-commands.json').slashCommand;
      expect(missing(real, on.desk.last('command'))).toEqual([]);
    });

    test('messages', () => {
      const real = read('slack-direct-dm.json').directDM;
      const pretend = on.desk.received.find(({ body }) => body.type === 'event_callback')?.body;
      expect(missing(real, pretend)).toEqual([]);
    });

    test('reactions', () => {
      const real = read('slack-actions-reactions.json').reaction;
      const pretend = on.desk.received.find(
        ({ body }) => (body.event as { type?: string })?.type === 'reaction_added',
      );
      expect(missing(real, pretend?.body)).toEqual([]);
    });

    test('buttons', () => {
      const real = read('slack-private-metadata-modals.json').action;
      const enterprise = /enterprise_(id|name)$|^\/enterprise$/;
      const found = missing(real, on.desk.last('block_actions')).filter(path => !enterprise.test(path));
      // The recorded app began its message with a header, ours begins with the buttons.
      expect(found.filter(path => !path.includes('/blocks/'))).toEqual([]);
    });

    test('submissions', () => {
      const real = read('slack-slash-commands.json').viewSubmission;
      const own = /\/placeholder$|\/multiline$|\/values\/(category|email)$/;
      expect(missing(real, on.desk.last('view_submission')).filter(path => !own.test(path))).toEqual([]);
    });
  },
);
