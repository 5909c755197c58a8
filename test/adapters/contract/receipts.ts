/** What becomes of a deed when the platform, or the way to it, fails. The same for every deed that ends in a receipt. */
import { expect, vi } from 'vitest';
import type { Fault } from '../../../src/simulator/model.ts';
import { type Case, message, opensThread, type Rig } from './model.ts';
import { deeds } from './sending.ts';

export type Receipted = keyof typeof deeds;

function match(rig: Rig, deed: Receipted): RegExp {
  const request = rig.request[deed];
  if (!request) throw new Error(`${rig.kind} does not say which request does ${deed}`);
  return request;
}

async function under(rig: Rig, deed: Receipted, fault: Omit<Fault, 'match'>) {
  const act = await deeds[deed](rig);
  rig.sim.addFault({ match: match(rig, deed), ...fault });
  const receipt = await act();
  if (!receipt) throw new Error(`${rig.kind} has no ${deed}`);
  return { receipt, again: act };
}

/** The outcome where it may have been done. */
const inDoubt = (rig: Rig, deed: Receipted): string => rig.lost[deed] ?? 'retry';

const noWire = 'nothing lies between the desk and its own rooms; without its database: test/adapters/webchat';

/** The cases of one deed. */
export const receipts = (deed: Receipted): readonly Case[] => [
  {
    name: 'is limited: waits as long as the platform says, if it says so, then it is done',
    absent: { webchat: noWire },
    async run(rig) {
      const { receipt, again } = await under(rig, deed, rig.replies.limited);
      expect(receipt).toMatchObject({ outcome: 'retry' });
      const waits = receipt.outcome === 'retry' ? receipt.afterMs : 0;
      const [least, longest] = rig.replies.waitsMs;
      expect(waits).toBeGreaterThanOrEqual(least);
      expect(waits).toBeLessThan(longest);
      // Discord’s SDK keeps the limit by itself until it has passed.
      if (rig.kind !== 'discord') expect(await again()).toMatchObject({ outcome: 'delivered' });
    },
  },
  {
    name: 'gets no answer after it was done: in doubt, or done again where that is as good as once',
    absent: { webchat: noWire },
    async run(rig) {
      const { receipt } = await under(rig, deed, { kind: 'lose-answer' });
      expect(receipt.outcome).toBe(inDoubt(rig, deed));
    },
  },
  {
    name: 'is cut off: never done, never refused',
    absent: { webchat: noWire },
    async run(rig) {
      const { receipt, again } = await under(rig, deed, { kind: 'refuse-connection' });
      expect(['unknown', 'retry']).toContain(receipt.outcome);
      expect(await again()).toMatchObject({ outcome: 'delivered' });
    },
  },
  {
    name: 'meets an error of the server: in doubt where that may have been done, else done again',
    absent: { webchat: noWire },
    async run(rig) {
      const { receipt, again } = await under(rig, deed, rig.replies.failing);
      expect(receipt.outcome).toBe(rig.replies.certain ? 'retry' : inDoubt(rig, deed));
      expect(await again()).toMatchObject({ outcome: 'delivered' });
    },
  },
];

/** Longer than any adapter waits for an answer. */
const EVER_MS = 60_000;

export const hanging: Case = {
  name: 'hangs: given up in time, and in doubt',
  absent: { webchat: noWire },
  async run(rig) {
    const { address } = await opensThread(rig);
    rig.sim.addFault({ match: match(rig, 'deliver'), kind: 'hang' });
    const arrived = new Promise<void>(resolve => {
      const stop = rig.sim.onRequest(({ method, path, status }) => {
        if (status !== 0 || !match(rig, 'deliver').test(`${method} ${path}`)) return;
        stop();
        resolve();
      });
    });
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(ms => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), ms);
      return controller.signal;
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const sending = rig.channel.deliver(message('anybody there?'), address);
      await arrived;
      await vi.advanceTimersByTimeAsync(EVER_MS);
      expect(await sending).toMatchObject({ outcome: 'unknown' });
    } finally {
      vi.useRealTimers();
      vi.restoreAllMocks();
    }
  },
};
