import { expect, test } from 'vitest';
import { PhrasebookError } from '../../../src/core/index.ts';
import { readWords } from '../../../src/words.ts';
import { testPolicy } from '../../harness/desk.ts';

type Texts = Record<string, Record<string, string>>;

const policyWith = (texts: Texts, language = 'en') => {
  const policy = testPolicy();
  return { ...policy, texts, desk: { ...policy.desk, language } };
};
const problemsOf = (texts: Texts, language?: string): readonly string[] => {
  try {
    readWords(policyWith(texts, language));
    return [];
  } catch (error) {
    if (error instanceof PhrasebookError) return error.problems;
    throw error;
  }
};

test('the operator’s own words stand in place of ours, in that language only', () => {
  const words = readWords(policyWith({ en: { 'ticket-solved': 'We think #{ $number } is *done*.' } }));
  expect(words.say('en', 'ticket-solved', { number: 7 })).toBe('We think #7 is *done*.');
  expect(words.say('pl', 'ticket-solved', { number: 7 })).not.toContain('done');
  const ours = readWords(policyWith({}));
  for (const key of ['ticket-closed', 'list-heading', 'nothing-written', 'help'])
    expect(words.has(key)).toBe(ours.has(key));
  expect(words.say('en', 'ticket-closed', { number: 7 })).toBe(
    ours.say('en', 'ticket-closed', { number: 7 }),
  );
});

test('a text of several lines, with a choice, replaces one of several lines', () => {
  const pattern =
    'You have { $count ->\n    [one] one ticket\n   *[other] { $count } tickets\n}.\n\nThat is all.';
  const words = readWords(policyWith({ en: { 'list-heading': pattern } }));
  expect(words.say('en', 'list-heading', { count: 1 })).toBe('You have one ticket.\n\nThat is all.');
  expect(words.say('en', 'list-heading', { count: 3 })).toContain('3 tickets');
  expect(words.say('en', 'list-line', { number: 1, subject: 's', state: { raw: 'open' } })).toContain('#1');
});

test('every fault of own words is told: keys and languages that are not there, other variables, what cannot be read', () => {
  expect(problemsOf({ en: { 'no-such-words': 'x' } }).join('\n')).toContain('no-such-words');
  expect(problemsOf({ en: { 'ticket-solved': 'Done, { $nmber }.' } }).join('\n')).toMatch(/nmber/);
  expect(problemsOf({ en: { 'ticket-solved': 'Done.' } }).join('\n')).toMatch(/number/);
  expect(problemsOf({ en: { 'ticket-solved': '{ $number' } }).join('\n')).toMatch(/ticket-solved/);
  expect(problemsOf({ en: { 'ticket-solved': ' ' } }).join('\n')).toMatch(/ticket-solved/);
  expect(problemsOf({ de: { 'ticket-solved': 'Fertig: { $number }' } }).join('\n')).toMatch(
    /^de\.ftl: .* is missing/m,
  );
  expect(problemsOf({}, 'de').join('\n')).toContain('de.ftl');
  const both = problemsOf({ en: { 'ticket-solved': 'Done.' }, pl: { 'ticket-closed': 'Koniec.' } }).join(
    '\n',
  );
  expect(both).toMatch(/ticket-solved/);
  expect(both).toMatch(/ticket-closed/);
});

test('another language may be the desk’s own', () => {
  const words = readWords(policyWith({}, 'pl'));
  expect(words.match('de')).toBe('pl');
  expect(words.locales()[0]).toBe('pl');
});
