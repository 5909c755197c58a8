import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { Finding } from '../../core/index.ts';

/**
 * A clock may be off by so much, in ms. Slack refuses and is refused at five minutes (docs.slack.dev, "Verifying requests"); promises to
 * customers are kept to the second, and a minute is what nobody would forgive.
 */
const FAR_OFF_MS = 60_000;
/** A platform has so long to answer, in ms. */
const ANSWER_MS = 5000;

/** What is to be said of a clock that differs by so many ms from the machine's. */
export function clockFinding(whose: string, offMs: number): Finding {
  const what = `The machine's clock and that of ${whose} differ by ${Math.round(Math.abs(offMs) / 1000)} s`;
  if (Math.abs(offMs) <= FAR_OFF_MS) return { what, ok: true };
  return { what, ok: false, mend: 'Let both machines set their clocks by the network (NTP).' };
}

/** Does each platform answer, and is its clock ours? By the `Date` of any answer, whatever its status. */
export function checkClock(
  addresses: Readonly<Record<string, string>>,
  now: () => Date,
): Promise<readonly Finding[]> {
  return Promise.all(
    Object.entries(addresses).map(async ([name, address]) => {
      const date = await dateAt(address);
      const offMs = Date.parse(date ?? '') - now().getTime();
      if (date !== undefined && !Number.isNaN(offMs)) return clockFinding(name, offMs);
      const mend = `Look whether this machine reaches ${new URL(address).host}: name service, firewall, proxy.`;
      return { what: `${name} can be reached`, ok: false, mend };
    }),
  );
}

/** The `Date` header of whatever is answered there; undefined when nothing is. */
function dateAt(address: string): Promise<string | undefined> {
  const request = address.startsWith('https:') ? secure : plain;
  return new Promise(resolve => {
    const asking = request(address, { timeout: ANSWER_MS, agent: false }, answer => {
      answer.resume();
      resolve(answer.headers.date);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(undefined));
    asking.end();
  });
}
