import { expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { bringAccount, eachTold, linkTo, mails, settled } from './kit.ts';

const told = eachTold();

const gone: Receipt = { outcome: 'refused', code: 'gone', why: 'no such user' };

const invoice = {
  to: { contact: 'c-1' },
  type: 'invoice',
  urgent: false,
  template: 'invoice-issued',
  variables: { invoice: 'F/1', amount: '100 zł', due: '1 May' },
} as const;

async function posted(
  key: string,
  input: Parameters<typeof told.t.desk.api.notifications.post>[1],
): Promise<number> {
  const result = await told.t.desk.api.notifications.post(key, input);
  if (!('id' in result)) throw new Error(`it was refused: ${JSON.stringify(result)}`);
  await settled(told.t);
  return result.id;
}

const recipientsOf = async (id: number) => (await told.t.desk.api.notifications.get(id))?.recipients ?? [];

test('an invoice goes to the registered address, by its template, in the language of the account, with its variables literal', async () => {
  await bringAccount(told.t, undefined, { language: 'pl' });
  const id = await posted('k-1', {
    ...invoice,
    variables: { ...invoice.variables, amount: '**[100](https://evil.example)**' },
  });
  expect(mails(told.mail)).toEqual([
    'ana@acme.example: Wystawiliśmy fakturę **F/1** na kwotę \\*\\*\\[100\\](https://evil.example)\\*\\*. Prosimy o zapłatę do 1 May.',
  ]);
  expect(told.mail.calls[0]).toMatchObject({ subject: 'Faktura F/1', unsubscribe: undefined });
  expect(await recipientsOf(id)).toMatchObject([
    {
      contact: 'c-1',
      state: 'sent',
      deliveries: [{ channel: 'email', name: 'ana@acme.example', state: 'sent' }],
    },
  ]);
});

test('the same key does it once, whoever comes first; another body under it is refused and changes nothing', async () => {
  await bringAccount(told.t);
  const all = await Promise.all(
    Array.from({ length: 8 }, () => told.t.desk.api.notifications.post('k-1', invoice)),
  );
  expect(new Set(all.map(one => 'id' in one && one.id)).size).toBe(1);
  expect(all.filter(one => one.outcome === 'planned')).toHaveLength(1);
  expect(await told.t.desk.api.notifications.post('k-1', { ...invoice, urgent: true })).toEqual({
    outcome: 'other-body',
  });
  await settled(told.t);
  expect(told.mail.calls).toHaveLength(1);
});

test('when the first place refuses for good the next is tried, and what was tried is kept', async () => {
  await bringAccount(told.t, [
    { ref: 'c-1', roles: ['billing'], addresses: ['a@acme.example', 'b@acme.example'] },
  ]);
  await linkTo(told.t, 'talk', 'ana');
  told.mail.script = () => gone;
  const id = await posted('k-1', invoice);
  expect(told.talk.calls.map(call => [call.to, call.text.split('\n')[0]])).toEqual([
    ['talk-chat-ana', '**Invoice F/1**'],
  ]);
  expect(await recipientsOf(id)).toMatchObject([
    {
      state: 'sent',
      deliveries: [
        { name: 'a@acme.example', state: 'failed', why: 'gone' },
        { name: 'b@acme.example', state: 'failed', why: 'gone' },
        { channel: 'talk', name: 'ana', state: 'sent' },
      ],
    },
  ]);
  await posted('k-2', invoice);
  expect(told.mail.calls, 'an address that is gone is not tried again').toHaveLength(2);
  expect(told.talk.calls).toHaveLength(2);
});

test('when all refuse it has failed, and says so', async () => {
  await bringAccount(told.t);
  told.mail.script = () => gone;
  const id = await posted('k-1', invoice);
  expect(await recipientsOf(id)).toMatchObject([{ state: 'failed', why: 'all-failed' }]);
});

test('an address that is known without asking takes one attempt, a chat that is asked for another; the second time both take one', async () => {
  await bringAccount(told.t);
  const attempts = async (): Promise<unknown[]> =>
    (
      await told.t.database.sql<{ attempts: number }[]>`
        select attempts from delivery where dispatch_id is not null order by id`
    ).map(one => one.attempts);
  await posted('k-1', invoice);
  await posted('k-2', invoice);
  expect(await attempts()).toEqual([1, 1]);
  await linkTo(told.t, 'talk', 'ana');
  told.mail.script = () => gone;
  await posted('k-3', invoice);
  await posted('k-4', invoice);
  expect((await attempts()).slice(2)).toEqual([1, 2, 1]);
});

test('an answer that never comes is no reason to say it elsewhere, but for what is urgent', async () => {
  await bringAccount(told.t);
  await linkTo(told.t, 'talk', 'ana');
  told.mail.script = () => ({ outcome: 'unknown', why: 'no answer' });
  const calm = await posted('k-1', invoice);
  expect(await recipientsOf(calm)).toMatchObject([{ state: 'unknown' }]);
  expect(told.talk.calls).toHaveLength(0);
  const urgent = await posted('k-2', { ...invoice, urgent: true });
  expect(await recipientsOf(urgent)).toMatchObject([{ state: 'sent' }]);
  expect(told.talk.calls).toHaveLength(1);
});

test('quiet hours hold what can wait, in the zone of the contact; what is urgent goes at once', async () => {
  await bringAccount(told.t);
  // It is 14:30 in Warsaw.
  await told.t.desk.api.preferences.put('c-1', { quiet_hours: { from: 14 * 60, to: 15 * 60 } });
  const calm = await posted('k-1', invoice);
  expect(await recipientsOf(calm)).toMatchObject([
    { state: 'held', dueAt: new Date('2026-11-22T14:00:00Z'), deliveries: [] },
  ]);
  await posted('k-2', { ...invoice, urgent: true });
  expect(told.mail.calls).toHaveLength(1);
  told.t.clock.forward(30 * 60_000);
  await settled(told.t);
  expect(told.mail.calls).toHaveLength(2);
  expect(await recipientsOf(calm)).toMatchObject([{ state: 'sent', dueAt: null }]);
});

test('an account is told by the contacts whom it is for, or by those with the role that is named', async () => {
  await bringAccount(told.t, [
    { ref: 'o', roles: ['owner'], addresses: ['owner@acme.example'] },
    { ref: 'b', roles: ['billing'], addresses: ['billing@acme.example'] },
    { ref: 't', roles: ['technical'], addresses: ['tech@acme.example'] },
  ]);
  const told1 = await posted('k-1', { ...invoice, to: { account: 'A-1' } });
  expect((await recipientsOf(told1)).map(one => one.contact)).toEqual(['o', 'b']);
  const told2 = await posted('k-2', { ...invoice, to: { account: 'A-1', role: 'technical' } });
  expect((await recipientsOf(told2)).map(one => one.contact)).toEqual(['t']);
});

test('what cannot be is refused with what to do, and nothing is kept of it', async () => {
  await bringAccount(told.t);
  const { post } = told.t.desk.api.notifications;
  expect(await post('k', { ...invoice, to: { contact: 'nobody' } })).toMatchObject({
    faults: [{ path: ['to'] }],
  });
  expect(await post('k', { ...invoice, to: { account: 'A-1', role: 'abuse' } })).toMatchObject({
    faults: [{ path: ['to'] }],
  });
  expect(await post('k', { ...invoice, template: 'nope' })).toMatchObject({
    faults: [{ path: ['template'] }],
  });
  expect(await post('k', { ...invoice, variables: { invoice: 'F/1' } })).toEqual({
    outcome: 'refused',
    faults: [{ path: ['variables'], message: 'the template needs: amount, due' }],
  });
  expect(await told.t.database.sql`select from notification`).toHaveLength(0);
  expect(await post('k', invoice), 'the key is still free').toMatchObject({ outcome: 'planned' });
});

test('plain text is no markup, is cut to what a chat takes, and has its subject in mail', async () => {
  await bringAccount(told.t);
  const { template: _t, variables: _v, ...base } = invoice;
  const text = `1. *not* a list\n@everyone ${'word '.repeat(800)}end`;
  await posted('k-1', { ...base, variables: {}, subject: 'Hello *you*', text });
  expect(told.mail.calls[0]).toMatchObject({ subject: 'Hello *you*' });
  expect(told.mail.calls[0]?.text).toContain('\\*not\\*');
  const id = await linkTo(told.t, 'talk', 'ana');
  await told.t.desk.api.preferences.put('c-1', { types: { invoices: { destinations: [{ identity: id }] } } });
  await posted('k-2', { ...base, variables: {}, subject: 'Hello', text });
  expect(told.talk.calls.length).toBeGreaterThan(1);
  expect(told.talk.calls.every(call => call.text.length <= 2000)).toBe(true);
  expect(told.talk.calls.at(-1)?.text).toMatch(/end$/);
});
