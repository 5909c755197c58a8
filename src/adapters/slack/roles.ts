/** Who somebody is in a workspace, for the list of staff: their own id, their user groups, and whether they are in the desk's channel. */
import { webApi } from '@slack/bolt';
import type { Log, RolesOf } from '../../core/index.ts';
import { wordsFor } from './api.ts';

/** Role of everybody in the desk's channel. */
const CHANNEL = 'channel';
/** Milliseconds that lists of members are believed: many act at once, and the list of groups may be had 20 times a minute (tier 2). */
const FRESH = 15_000;
/** Members to a page (at most 1,000), and pages: https://docs.slack.dev/reference/methods/conversations.members */
const PAGE = 1_000;
const PAGES = 20;

/** A look-up that is shared by all who ask within some seconds. A failed one is not kept. */
function remembered<T>(ask: () => Promise<T>, now: () => Date): () => Promise<T> {
  let last: { at: number; result: Promise<T> } | undefined;
  return () => {
    const at = now().getTime();
    if (last && Math.abs(at - last.at) < FRESH) return last.result;
    const mine = { at, result: ask() };
    last = mine;
    mine.result.catch(() => {
      if (last === mine) last = undefined;
    });
    return mine.result;
  };
}

export function createRolesOf(web: webApi.WebClient, log: Log, now: () => Date, channel: string): RolesOf {
  let warned = false;
  const groups = remembered(async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    try {
      // https://docs.slack.dev/reference/methods/usergroups.list: usergroups:read
      const { usergroups = [] } = await web.usergroups.list({ include_users: true });
      return new Map(usergroups.map(({ id = '', users = [] }) => [id, users]));
    } catch (error) {
      // Without the scope there are no groups; people and the channel still say who is staff.
      if (!(error instanceof webApi.WebAPIPlatformError) || !NO_GROUPS.has(error.data.error)) throw error;
      if (!warned) log.warn('slack: user groups cannot be read (usergroups:read)', { why: wordsFor(error) });
      warned = true;
      return new Map();
    }
  }, now);
  const members = remembered(() => membersOf(web, channel), now);

  return async externalId => {
    try {
      const [inGroups, inChannel] = await Promise.all([groups(), members()]);
      const own = [...inGroups].filter(([, users]) => users.includes(externalId)).map(([id]) => id);
      return [externalId, ...own, ...(inChannel.has(externalId) ? [CHANNEL] : [])];
    } catch (error) {
      log.warn('slack: who is staff cannot be read', { why: wordsFor(error) });
      return undefined;
    }
  };
}

/** On a free plan there are no groups: https://docs.slack.dev/reference/methods/usergroups.list#errors */
const NO_GROUPS: ReadonlySet<string> = new Set(['missing_scope', 'paid_teams_only', 'plan_upgrade_required']);

async function membersOf(web: webApi.WebClient, channel: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const { members = [], response_metadata: more } = await web.conversations.members({
      channel,
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    for (const member of members) found.add(member);
    cursor = more?.next_cursor;
    if (!cursor) break;
  }
  return found;
}
