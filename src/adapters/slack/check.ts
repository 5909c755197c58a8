/** Whether all is well at Slack's side, for the operator. */
import type { webApi } from '@slack/bolt';
import type { Check, Finding } from '../../core/index.ts';
import { wordsFor } from './api.ts';
import type { SlackConfig } from './config.ts';
import { deskScopes, scopes } from './scopes.ts';

const REINSTALL = 'add it under OAuth & Permissions, then install the app again';
const fine = (what: string): Finding => ({ what, ok: true });
const wrong = (what: string, mend: string): Finding => ({ what, ok: false, mend });

export function createCheck(web: webApi.WebClient, config: SlackConfig): Check {
  return async () => {
    const findings: Finding[] = [];
    const token = await granted(web);
    if ('why' in token) {
      return [
        wrong(
          `Slack: the bot token (${token.why})`,
          'check SLACK_BOT_TOKEN, that the app is installed, and the network',
        ),
      ];
    }
    findings.push(fine('Slack: the bot token'));
    const needed = { ...scopes, ...(config.deskChannelId && deskScopes) };
    for (const [scope, without] of Object.entries(needed)) {
      const has =
        token.scopes.includes(scope) || token.scopes.includes(scope.replace('channels:', 'groups:'));
      findings.push(
        has ? fine(`Slack: scope ${scope}`) : wrong(`Slack: scope ${scope}: ${without}`, REINSTALL),
      );
    }
    if (config.appToken) findings.push(await socket(web, config.appToken));
    if (config.deskChannelId) findings.push(await deskChannel(web, config.deskChannelId));
    return findings;
  };
}

async function granted(web: webApi.WebClient): Promise<{ scopes: readonly string[] } | { why: string }> {
  try {
    const answer = await web.auth.test();
    return { scopes: answer.response_metadata?.scopes ?? [] };
  } catch (error) {
    return { why: wordsFor(error) };
  }
}

/** https://docs.slack.dev/reference/methods/apps.connections.open: makes an address, and no connection. */
async function socket(web: webApi.WebClient, token: string): Promise<Finding> {
  try {
    await web.apps.connections.open({ token });
    return fine('Slack: Socket Mode');
  } catch (error) {
    return wrong(
      `Slack: Socket Mode (${wordsFor(error)})`,
      'turn it on under Socket Mode, and put a token with connections:write into SLACK_APP_TOKEN',
    );
  }
}

async function deskChannel(web: webApi.WebClient, id: string): Promise<Finding> {
  const what = 'Slack: the desk channel';
  try {
    const { channel } = await web.conversations.info({ channel: id });
    if (channel?.is_archived) return wrong(`${what} is archived`, 'unarchive it, or choose another');
    if (channel?.is_member !== true)
      return wrong(`${what}: the app is not in it`, 'type /invite and the app there');
    return fine(what);
  } catch (error) {
    const why = wordsFor(error);
    return wrong(`${what} (${why})`, 'check SLACK_DESK_CHANNEL_ID, and invite the app to the channel');
  }
}
