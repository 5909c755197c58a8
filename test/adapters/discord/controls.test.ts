import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageFor, privately, responseFor } from '../../../src/adapters/discord/answer.ts';
import {
  actionIn,
  buttonRows,
  cardMessage,
  formIn,
  modalOf,
} from '../../../src/adapters/discord/controls.ts';
import type { FormField, FormView } from '../../../src/core/index.ts';
import type { RequestRecord } from '../../../src/simulator/model.ts';
import { faultOf, hasSchema } from './schema.ts';
import { card, form } from './world.ts';

const request = (path: string, body: unknown): RequestRecord => ({
  at: 0,
  method: 'POST',
  path,
  body,
  status: 200,
  answer: {},
});
const message = (body: unknown) => faultOf(request('/v10/channels/1457510428359004343/messages', body));
const callback = (body: unknown) =>
  faultOf(request('/v10/interactions/1457536583141163186/token/callback', body));

const text = (max: number) => fc.string({ unit: 'grapheme', maxLength: max });
const field: fc.Arbitrary<FormField> = fc.record({
  id: fc.stringMatching(/^[a-z]{1,20}$/),
  kind: fc.constantFrom('text', 'multiline', 'choice'),
  label: text(80),
  hint: text(200),
  placeholder: text(200),
  options: fc.array(fc.record({ value: fc.stringMatching(/^[a-z]{1,30}$/), label: text(200) }), {
    maxLength: 30,
  }),
  required: fc.boolean(),
  maxLength: fc.integer({ min: 0, max: 9000 }),
  value: text(50),
});

const words = {
  done: 'Done.',
  files: { label: 'Files', hint: 'Up to 10' },
  textFor: ({ number }: { number: string }) => ({ title: `Reply to #${number}`, label: 'Your reply' }),
};

describe('a form', () => {
  it('carries its page and draft there and back', () => {
    fc.assert(
      fc.property(fc.constantFrom('all', 'base', 'facts'), fc.string({ maxLength: 20 }), (page, draft) => {
        expect(formIn(modalOf(form({ page, draft }), words).custom_id)).toEqual({ page, draft });
      }),
    );
    expect(formIn('form:other:x')).toBeUndefined();
    expect(formIn(`form:all:${'x'.repeat(21)}`)).toBeUndefined();
  });

  it.skipIf(!hasSchema)('fits into a modal, whatever it holds (needs shared/specs)', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 8 }), text(100), (fields, title) => {
        const view: FormView = form({ fields, title });
        expect(callback(responseFor({ type: 'form', form: view }, 2, words))).toBeUndefined();
        expect(modalOf(view, words).components).toHaveLength(Math.min(5, fields.length + 1));
      }),
    );
  });

  it('keeps what was typed and chosen', () => {
    const [priority, subject, description] = modalOf(
      form({ fields: form().fields.map(one => (one.kind === 'choice' ? one : { ...one, value: 'a\nb' })) }),
      words,
    ).components as { component: { value?: string; options?: { default?: boolean; value: string }[] } }[];
    expect(priority?.component.options?.filter(option => option.default).map(option => option.value)).toEqual(
      ['regular'],
    );
    expect(subject?.component.value).toBe('a b');
    expect(description?.component.value).toBe('a\nb');
  });

  it('that was not accepted becomes a list of what is wrong, and a button', () => {
    const fields = form().fields.map(one => (one.id === 'subject' ? { ...one, error: 'Too *short*.' } : one));
    const answer = {
      type: 'faults',
      form: form({ fields }),
      text: 'Almost.',
      retry: { action: 'r', label: 'Edit' },
    } as const;
    expect(messageFor(answer)).toMatchObject({
      content: 'Almost.\n\n- **Subject**: Too \\*short\\*.',
      components: [{ components: [{ custom_id: 'do:r' }] }],
    });
    // A modal cannot answer a modal.
    expect(responseFor({ type: 'form', form: form() }, 5, words)).toMatchObject({ type: 4 });
  });
});

describe('an answer', () => {
  it('with nothing to say is silent under a button, and says that it is done elsewhere', () => {
    expect(responseFor({ type: 'nothing' }, 3, words)).toEqual({ type: 6 });
    expect(responseFor({ type: 'nothing' }, 2, words)).toMatchObject({
      type: 4,
      data: { content: 'Done.', flags: 68 },
    });
  });

  it('that is too long is cut, and one without words is still a message', () => {
    expect(privately('word '.repeat(2000)).content.length).toBeLessThanOrEqual(2000);
    expect(privately('').content).toBe('\u200B');
  });
});

describe('buttons', () => {
  it('stand in rows of five, 25 at most, and carry their action back', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ action: `a${i}`, label: `L${i}` }));
    expect(buttonRows(many).map(row => row.components.length)).toEqual([5, 5, 5, 5, 5]);
    expect(buttonRows([])).toEqual([]);
    expect(actionIn(buttonRows(many)[0]?.components[0]?.custom_id ?? '')).toBe('a0');
    expect(actionIn('else')).toBeUndefined();
  });
});

describe('a card', () => {
  it.skipIf(!hasSchema)('fits into a message, whatever it holds (needs shared/specs)', () => {
    const line = fc.record({ label: text(300), value: text(3000) });
    fc.assert(
      fc.property(
        text(80),
        text(1200),
        fc.array(line, { maxLength: 30 }),
        fc.boolean(),
        (title, body, lines, urgent) => {
          const made = cardMessage(card({ title, body, lines, urgent }));
          expect(message(made)).toBeUndefined();
          const [embed] = made.embeds;
          const size =
            (embed?.description?.length ?? 0) +
            (embed?.fields ?? []).reduce((sum, one) => sum + one.name.length + one.value.length, 0);
          expect(size).toBeLessThanOrEqual(6000);
          for (const one of embed?.fields ?? []) {
            expect(one.name.length).toBeLessThanOrEqual(256);
            expect(one.value.length).toBeLessThanOrEqual(1024);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('with a value that is too long shows its beginning, with nothing left open', () => {
    const value = `\`\`\`\n${'log line\n'.repeat(300)}\`\`\``;
    const [shown] = cardMessage(card({ lines: [{ label: 'Diagnostics', value }] })).embeds[0]?.fields ?? [];
    expect(shown?.value).toMatch(/^log line[\s\S]*…$/);
    expect(shown?.value).not.toContain('```');
  });
});

describe.skipIf(!hasSchema)('the check against Discord’s description (needs shared/specs)', () => {
  it('finds what is wrong', () => {
    expect(message({ content: 5 })).toMatch(/content/);
    expect(message({ content: 'x' })).toBeUndefined();
    expect(callback({ type: 9, data: { custom_id: 'x', title: 'x'.repeat(46), components: [] } })).toMatch(
      /callback/,
    );
    expect(faultOf(request('/v10/no/such/place', {}))).toMatch(/no such method/);
  });
});
