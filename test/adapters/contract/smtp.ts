/** What the replies of a mail server mean. Platforms with errors of their own have their cases beside each deed. */
import { expect } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { type Case, message, opensThread, type Rig } from './model.ts';

const own = 'it answers in its own words over HTTP: those have their cases above';
const absent = {
  slack: own,
  discord: own,
  telegram: own,
  webchat: 'between the desk and its own rooms nobody replies',
};

/** At which step, the reply, its enhanced code (RFC 3463), and what becomes of the mail. */
const REPLIES: readonly (readonly [string, number, string, Partial<Receipt>])[] = [
  ['RCPT', 450, '4.7.1', { outcome: 'retry', scope: 'place' }],
  ['RCPT', 451, '4.3.0', { outcome: 'retry', scope: 'place' }],
  ['DATA', 452, '4.3.1', { outcome: 'retry', scope: 'place' }],
  ['RCPT', 452, '4.2.2', { outcome: 'retry', scope: 'place' }],
  ['RCPT', 552, '5.2.2', { outcome: 'retry', scope: 'place' }],
  ['CONNECT', 421, '4.7.0', { outcome: 'retry', scope: 'bot' }],
  ['MAIL', 421, '4.3.2', { outcome: 'retry', scope: 'bot' }],
  ['DATA', 421, '4.3.2', { outcome: 'retry', scope: 'bot' }],
  ['AUTH', 454, '4.7.0', { outcome: 'retry', scope: 'bot' }],
  ['RCPT', 550, '5.1.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['RCPT', 550, '5.2.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['DATA', 550, '5.1.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['RCPT', 550, '5.7.1', { outcome: 'refused', code: 'forbidden' }],
  ['MAIL', 550, '5.1.8', { outcome: 'refused', code: 'forbidden' }],
  ['DATA', 554, '5.7.1', { outcome: 'refused', code: 'forbidden' }],
  ['DATA', 552, '5.3.4', { outcome: 'refused', code: 'invalid' }],
  ['DATA', 550, '5.6.0', { outcome: 'refused', code: 'invalid' }],
];

const arrived = (rig: Rig, text: string): number =>
  rig.messages(rig.customer).filter(one => one.text === text).length;

export const replies: readonly Case[] = [
  ...REPLIES.map(
    ([step, status, code, expected]): Case => ({
      name: `${status} ${code} at ${step}: ${Object.values(expected).join(', ')}; and the next is not troubled by it`,
      absent,
      async run(rig) {
        rig.sim.addFault({ match: new RegExp(`^${step}`), kind: 'status', status, code });
        const address = rig.who.externalId;
        const receipt = await rig.channel.deliver(message('once'), address);
        expect(receipt).toMatchObject(expected);
        // Nobody is written off for what says nothing of their address.
        if (!('everywhere' in expected)) expect(receipt).not.toHaveProperty('everywhere');
        expect(arrived(rig, 'once')).toBe(0);
        expect(await rig.channel.deliver(message('next'), address)).toMatchObject({ outcome: 'delivered' });
        expect(JSON.stringify([receipt, rig.logged])).not.toContain(address);
      },
    }),
  ),
  ...['CONNECT', 'AUTH', 'MAIL', 'RCPT'].map(
    (step): Case => ({
      name: `a connection that breaks at ${step}: certainly not sent`,
      absent,
      async run(rig) {
        rig.sim.addFault({ match: new RegExp(`^${step}`), kind: 'refuse-connection' });
        const sent = message('once');
        const address = rig.who.externalId;
        expect(await rig.channel.deliver(sent, address)).toMatchObject({ outcome: 'retry', scope: 'bot' });
        expect(await rig.channel.deliver(sent, address)).toMatchObject({ outcome: 'delivered' });
        expect(arrived(rig, 'once')).toBe(1);
      },
    }),
  ),
  {
    name: 'a lost answer leaves a doubt, and the mail sent again is the same one',
    absent,
    async run(rig) {
      const { address } = await opensThread(rig);
      const sent = message('once');
      rig.sim.addFault({ match: /^DATA/, kind: 'lose-answer' });
      expect(await rig.channel.deliver(sent, address)).toMatchObject({ outcome: 'unknown' });
      expect(arrived(rig, 'once')).toBe(1);
      expect(await rig.channel.deliver(sent, address)).toMatchObject({ outcome: 'delivered' });
      expect(arrived(rig, 'once')).toBe(1);
    },
  },
];
