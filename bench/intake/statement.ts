import type { SqlRunner } from '../../drizzle/database.ts';
import { createDiscordChannel } from '../../src/adapters/discord/index.ts';
import { readPolicyFile } from '../../src/config.ts';
import type { Log } from '../../src/core/index.ts';
import { reactions, timersAtOpening } from '../../src/core/reactions.ts';
import { open } from '../../src/core/ticket/open.ts';
import { readWords } from '../../src/words.ts';
import { EVENT, PERSON, type Statement } from './model.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const unused = (): never => {
  throw new Error('to open a ticket takes the statement and nothing else');
};

/** Lets `open` make its statement for a ticket like that of the load, and keeps it instead of running it. */
export async function recordStatement(policyFile: string): Promise<Statement> {
  const { policy } = readPolicyFile(policyFile);
  if (policy === undefined) throw new Error(`${policyFile} is no policy`);
  const phrases = readWords(policy);
  const now = (): Date => new Date();
  const ids = { guildId: '1', deskChannelId: '1' };
  const shared = { log: silent, now, phrases, staffLocale: policy.staff.language };
  const discord = createDiscordChannel({ token: 'none', ...ids, ...shared });
  let kept: Statement | undefined;
  const keep = (
    strings: readonly string[],
    ...values: unknown[]
  ): Promise<{ n: number; number: number }[]> => {
    kept = { strings: [...strings], values };
    return Promise.resolve([{ n: 0, number: 1 }]);
  };
  const context = {
    get database() {
      return unused();
    },
    policy,
    phrases,
    log: silent,
    now,
    reactions,
    timersAtOpening,
    get filings() {
      return unused();
    },
    get files() {
      return unused();
    },
    draw: unused as never,
    channels: new Map([[discord.kind, discord]]),
    wake: unused,
    found: unused,
  };
  const opening = {
    channel: 'slack',
    from: { space: 'T0SIM000001', externalId: PERSON, name: 'Ben Carter', locale: 'en-US' },
    locale: 'en',
    request: {
      department: policy.departments[0]?.id ?? '',
      priority: policy.priorities[0]?.id ?? '',
      subject: 'The mail server answers with "451 try later" since noon.',
      description: 'The mail server answers with "451 try later" since noon.',
      facts: {},
      serviceId: null,
    },
    eventId: EVENT,
    sharedPlaceId: null,
    near: 'C0000000001',
    files: [],
  };
  await open(context, opening, keep as unknown as SqlRunner);
  if (kept === undefined) throw new Error('`open` made no statement');
  return kept;
}
