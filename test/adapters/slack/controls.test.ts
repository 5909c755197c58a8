import { describe, expect, it } from 'vitest';
import { formView, type Meta, readMeta } from '../../../src/adapters/slack/controls.ts';
import { isSlacks } from '../../../src/adapters/slack/respond.ts';
import { criticalForm, form } from './desk.ts';

const meta: Meta = { draft: '', page: 'all', locale: 'en', place: 'D01', name: 'Ana', kept: {} };

describe('a form that loses a field', () => {
  const typed = { subject: 'Mail', server: '203.0.113.7' };

  it('carries what was typed there, and puts it back', () => {
    const without = formView(form(), meta, typed);
    expect(JSON.stringify(without.blocks)).not.toContain('203.0.113.7');
    const again = formView(criticalForm(), readMeta(without.private_metadata ?? ''), {
      subject: 'Mail, really',
    });
    expect(JSON.stringify(again.blocks)).toContain('203.0.113.7');
    expect(JSON.stringify(again.blocks)).toContain('Mail, really');
    expect(readMeta(again.private_metadata ?? '').kept).toEqual({});
  });

  it('carries it over errors, and no more than Slack takes', () => {
    const long = `${'"\n'.repeat(1400)}end`;
    const view = formView(form(), meta, { server: '203.0.113.7', diagnostics: long });
    expect(view.private_metadata?.length).toBeLessThanOrEqual(3000);
    const read = readMeta(view.private_metadata ?? '');
    expect(read).toMatchObject({ place: 'D01', name: 'Ana', kept: { server: '203.0.113.7' } });
    expect(read.kept.diagnostics).toMatch(/^"\n.*…$/s);
    const faulty = formView(form(), read, {}, 'Please look again.');
    expect(readMeta(faulty.private_metadata ?? '').kept).toEqual(read.kept);
  });
});

describe('a response URL', () => {
  it.each([
    ['https://hooks.slack.com/actions/T0/1/x', undefined],
    ['https://hooks.slack-gov.com/actions/T0/1/x', undefined],
    ['https://hooks.chat.example/x', 'https://chat.example/api/'],
    ['http://127.0.0.1:4000/x', 'http://127.0.0.1:4000/api/'],
  ])('%s is followed', (url, api) => {
    expect(isSlacks(url, api)).toBe(true);
  });

  it.each([
    ['http://hooks.slack.com/x', undefined],
    ['https://hooks.slack.com.evil.example/x', undefined],
    ['https://hooks.evil.example/x', undefined],
    ['http://hooks.chat.example/x', 'https://chat.example/api/'],
    ['https://evil.chat.example/x', 'https://chat.example/api/'],
    ['nonsense', undefined],
  ])('%s is not', (url, api) => {
    expect(isSlacks(url, api)).toBe(false);
  });
});
