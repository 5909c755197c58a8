import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckOptions, checkField, checkForm } from '../../../src/core/intake/rules/check.ts';
import { fieldsFor, stepAfter, stepBefore, ticketFields } from '../../../src/core/intake/rules/fields.ts';

const choices = {
  departments: ['technical', 'financial'],
  priorities: [
    { id: 'regular', critical: false },
    { id: 'critical', critical: true },
  ],
  services: [],
};
const options: CheckOptions = {
  choices,
  now: new Date('2026-11-22T13:30:00Z'),
  zone: 'Europe/Warsaw',
  write: at => at.toISOString(),
  marked: false,
};
const field = (id: string) => ticketFields.find(one => one.id === id) ?? ticketFields[0];
const checkOf = (id: string, typed: string): string => {
  const result = checkField(field(id) as (typeof ticketFields)[number], typed, options);
  return 'fault' in result ? result.fault.key : result.value;
};
const regular = { department: 'technical', priority: 'regular', description: 'It is slow' };
const facts = { server: '203.0.113.7', service: 'web1', began: '14:00', diagnostics: 'ping fails' };
const critical = { ...regular, priority: 'critical', ...facts };

describe('a field', () => {
  test.each([
    ['server', '203.0.113.7', '203.0.113.7'],
    ['server', ' 203.0.113.7:22 ', '203.0.113.7'],
    ['server', '[2001:db8::1]:443', '2001:db8::1'],
    ['server', '2001:db8::1', '2001:db8::1'],
    ['server', '#123456', '#123456'],
    ['server', '123 456', '#123456'],
    ['server', '999.1.1.1', 'fault-server-or-order'],
    ['server', '#12', 'fault-server-or-order'],
    ['server', 'my server', 'fault-server-or-order'],
    ['server', '', 'fault-required'],
    ['server', ' \u200b ', 'fault-blank'],
    ['department', 'technical', 'technical'],
    ['department', 'sales', 'fault-choice'],
    ['priority', 'Regular', 'fault-choice'],
    ['began', '14:00', '2026-11-22T13:00:00.000Z'],
    ['began', 'soon', 'fault-when-unreadable'],
    ['began', '2026-11-23 10:00', 'fault-when-future'],
    ['began', '2026-10-25 02:30', 'fault-when-ambiguous'],
    ['began', '2026-03-29 02:30', 'fault-when-gap'],
    ['subject', '', ''],
    ['diagnostics', '\u202eevil', 'evil'],
  ])('%s %j → %s', (id, typed, expected) => {
    expect(checkOf(id, typed)).toBe(expected);
  });

  test('holds as much as it says, and no more', () => {
    for (const { id, kind, maxLength } of ticketFields.filter(one =>
      ['subject', 'description'].includes(one.id),
    )) {
      const most = 'x'.repeat(maxLength);
      expect([kind, checkOf(id, most), checkOf(id, `${most}x`)]).toEqual([kind, most, 'fault-too-long']);
    }
  });

  test('is kept or refused, never more than it may hold, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ticketFields),
        fc.string({ unit: 'binary', maxLength: 4000 }),
        (one, typed) => {
          const result = checkField(one, typed, options);
          if ('value' in result) expect(result.value.length).toBeLessThanOrEqual(Math.max(one.maxLength, 24));
          else expect(result.fault.key).toMatch(/^fault-/);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the form', () => {
  test('takes a regular request without facts, even when some were typed before the priority was changed', () => {
    const checked = checkForm({ ...critical, priority: 'regular' }, options);
    expect(checked).toMatchObject({ ok: true, request: { priority: 'regular', facts: {} } });
  });

  test('takes a critical one with its facts', () => {
    expect(checkForm(critical, options)).toMatchObject({
      ok: true,
      request: { facts: { ...facts, began: '2026-11-22T13:00:00.000Z' }, subject: 'It is slow' },
    });
  });

  test('tells every fault of a critical one at once, at its field, in the order of the form', () => {
    const given = Object.keys({ ...regular, ...facts });
    fc.assert(
      fc.property(
        fc.subarray(
          given.filter(id => id !== 'priority'),
          { minLength: 1 },
        ),
        missing => {
          const values = Object.fromEntries(Object.entries(critical).filter(([id]) => !missing.includes(id)));
          const checked = checkForm(values, options);
          const inOrder = ticketFields.map(({ id }) => id as string).filter(id => missing.includes(id));
          expect(checked.ok ? [] : Object.keys(checked.faults)).toEqual(inOrder);
        },
      ),
    );
  });

  test('reads what was typed into a form as plain text, and a chat message as it is', () => {
    const description = 'It is *very* slow';
    const typed = checkForm({ ...regular, description }, options);
    const said = checkForm({ ...regular, description }, { ...options, marked: true });
    expect(typed).toMatchObject({
      request: { subject: description, description: expect.stringContaining('\\*very\\*') },
    });
    expect(said).toMatchObject({ request: { subject: 'It is very slow', description } });
  });

  test('makes a subject of the description when none is given, on one line', () => {
    const checked = checkForm({ ...regular, description: `first\nsecond ${'x'.repeat(200)}` }, options);
    if (!checked.ok) throw new Error('refused');
    expect(checked.request.subject).toMatch(/^first second x+…?$/);
    expect(checked.request.subject.length).toBeLessThanOrEqual(120);
  });
});

describe('the conversation', () => {
  const anyValues = fc.constantFrom({}, regular, critical, { priority: 'critical' }, { priority: 'gone' });

  test('asks each field that applies once, from first to last, and then shows all', () => {
    fc.assert(
      fc.property(anyValues, values => {
        const asked: string[] = [];
        for (
          let step = stepAfter(undefined, values, choices);
          step !== 'review';
          step = stepAfter(step, values, choices)
        )
          asked.push(step);
        expect(asked).toEqual(
          fieldsFor(values, choices)
            .filter(one => one.asked)
            .map(one => one.id),
        );
      }),
    );
  });

  test('goes back the way it came, and stays at the first', () => {
    fc.assert(
      fc.property(anyValues, values => {
        const first = stepAfter(undefined, values, choices);
        expect(stepBefore(first, values, choices)).toBe(first);
        for (let step = first; step !== 'review'; ) {
          const after = stepAfter(step, values, choices);
          expect(stepBefore(after, values, choices)).toBe(step);
          step = after;
        }
      }),
    );
  });

  test('finds its way from a step that is no longer there', () => {
    expect(stepAfter('gone', regular, choices)).toBe('department');
    expect(stepBefore('gone', regular, choices)).toBe('department');
    expect(stepAfter('server', regular, choices), 'no longer critical').toBe('department');
  });
});
