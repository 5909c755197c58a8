import { expect, test } from 'vitest';
import { NOON } from '../desk.ts';
import { bouncesIn, multipart, openDoors, ours, raw } from './kit.ts';

test.each<[string, Record<string, string>, 'reply' | 'bulk' | 'own' | undefined]>([
  ['a person', {}, undefined],
  ['a person who says so', { 'Auto-Submitted': 'no' }, undefined],
  ['an answering machine', { 'Auto-Submitted': 'auto-replied (vacation)' }, 'reply'],
  ['a program', { 'Auto-Submitted': 'auto-generated' }, 'bulk'],
  ['vacation of old', { Precedence: 'bulk' }, 'bulk'],
  ['an auto reply of old', { 'X-Autoreply': 'yes' }, 'reply'],
  ['Exchange', { 'X-Auto-Response-Suppress': 'All' }, 'bulk'],
  ['a list', { 'List-Id': '<users.example.com>' }, 'bulk'],
  ['nobody', { 'Return-Path': '<>' }, 'reply'],
  ['a daemon', { From: 'MAILER-DAEMON@mx.example.com' }, 'reply'],
  ['no-reply', { From: 'No Reply <no-reply@shop.example.com>' }, 'reply'],
  ['Norah', { From: 'norah@example.com' }, undefined],
  ['ourselves', { From: 'Support <Support@Desk.example>' }, 'own'],
  ['our own mail come back', { 'Message-ID': `<${ours('7')}>` }, 'own'],
])('%s', async (_, headers, automatic) => {
  const doors = await openDoors();
  expect((await doors.letter(raw('x', headers))).automatic).toBe(automatic);
});

test('the null return path of the envelope makes it a machine’s, whatever stands in the mail', async () => {
  const doors = await openDoors();
  expect(
    (await doors.letter(raw('x', { 'Return-Path': '<ana@example.com>' }), { 'x-mail-from': '<>' })).automatic,
  ).toBe('reply');
});

const report = (original: string, status: string, action = 'failed'): string =>
  multipart(
    'multipart/report; report-type=delivery-status',
    [
      'Content-Type: text/plain\n\nYour mail could not be delivered.',
      `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; ana@example.com\nAction: ${action}\nStatus: ${status}`,
      `Content-Type: text/rfc822-headers\n\nMessage-ID: <${original}>\nSubject: x`,
    ],
    { From: 'MAILER-DAEMON@mx.example.com', 'Return-Path': '<>' },
  );

test('a bounce of ours is told as one: which mail, and whether anybody lives there', async () => {
  const doors = await openDoors();
  const [gone, full] = [
    await doors.takes(report(ours('7'), '5.1.1')),
    await doors.takes(report(ours('8'), '5.7.1')),
  ];
  expect([...bouncesIn(gone), ...bouncesIn(full)]).toMatchObject([
    { delivery: { delivery: '7', at: NOON }, code: 'gone', why: '5.1.1' },
    { delivery: { delivery: '8', at: NOON }, code: 'forbidden', why: '5.7.1' },
  ]);
});

test('a delay is no bounce, nor is a report of what we did not send, nor one with a forged name: nothing is answered to them', async () => {
  const doors = await openDoors();
  for (const mail of [
    report(ours('7'), '4.4.1', 'delayed'),
    report('someone@else.example', '5.1.1'),
    report(
      ours('7').replace(/.@/, one => (one === '0@' ? '1@' : '0@')),
      '5.1.1',
    ),
  ]) {
    const [event, ...rest] = await doors.takes(mail);
    expect([event, rest]).toMatchObject([{ type: 'wrote', automatic: 'reply' }, []]);
  }
});
