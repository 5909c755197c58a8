/** Subjects, where messages have some. */
import { expect } from 'vitest';
import { type Case, done, message, opensThread, type Rig } from './model.ts';

/** Sends a message with this subject into a conversation of its own; the subject that its reader sees. */
async function arrives(rig: Rig, subject: string): Promise<string> {
  await opensThread(rig, { id: String(1 + rig.subjects().length), subject });
  return rig.subjects().at(-1) ?? '';
}

const HOSTILE = [
  'Hi\r\nBcc: bob@example.com',
  'Hi\nBcc: bob@example.com\n\n<script>alert(1)</script>',
  'Hi\rCc: bob@example.com',
  'Hi\r\n\r\n.\r\nRCPT TO:<bob@example.com>\r\n',
  'Hi\u2028Bcc: bob@example.com\u0085Cc: bob@example.com',
  '=?utf-8?q?Hi=0D=0ABcc:_bob=40example.com?=',
];

export const subject: readonly Case[] = [
  {
    name: 'one as long as it may be arrives whole; what is longer is cut between two signs, and never leaves longer',
    async run(rig) {
      const max = rig.channel.limits.subject ?? 0;
      const full = 'x'.repeat(max);
      expect(await arrives(rig, full)).toBe(full);
      for (const long of [`${full}x`, 'y'.repeat(5000), '👩‍👩‍👧 '.repeat(max), `${full.slice(1)}💥`]) {
        const seen = await arrives(rig, long);
        expect(seen.length).toBeLessThanOrEqual(max);
        expect(seen.length).toBeGreaterThan(max - 12);
        expect(seen.isWellFormed()).toBe(true);
        expect(long.startsWith(seen.replace(/…$/, ''))).toBe(true);
      }
    },
  },
  {
    name: 'what follows has the subject of the first, so that a mailbox keeps them together',
    async run(rig) {
      const long = 'z'.repeat(5000);
      const { address } = await opensThread(rig, { subject: long });
      done(await rig.channel.deliver(message('and on', { subject: long }), address));
      const [first = '', second] = rig.subjects();
      expect(first.length).toBeLessThanOrEqual(rig.channel.limits.subject ?? 0);
      expect(second).toBe(`Re: ${first}`);
    },
  },
  {
    name: 'a new line in one makes no head and no recipient: it is all one line of words',
    async run(rig) {
      for (const words of HOSTILE) {
        const seen = await arrives(rig, words);
        expect(seen, JSON.stringify(words)).toMatch(/^\S/);
        expect(seen).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(seen).toContain('bob');
      }
      expect(rig.subjects()).toHaveLength(HOSTILE.length);
      expect(rig.messages(rig.staff)).toEqual([]);
    },
  },
];
