/** The desk's own page in Slack: App Home. */
import type { types, webApi } from '@slack/bolt';
import { type Home, type Log, literalInline, type ShowHome } from '../../core/index.ts';
import { wordsFor } from './api.ts';
import { settled } from './change.ts';
import { buttonBlocks, plainText, textBlocks } from './controls.ts';
import { readAddress } from './deliver.ts';
import { lengths } from './limits.ts';

type Ticket = Home['tickets'][number];
type LinkTo = (address: string) => string | undefined;

/** Shows the page; doing it twice is doing it once. https://docs.slack.dev/reference/methods/views.publish (tier 4, no scope) */
export function createShowHome(web: webApi.WebClient, log: Log): ShowHome {
  let linking: Promise<LinkTo> | undefined;
  const links = (): Promise<LinkTo> => {
    linking ??= linksOf(web).catch((error: unknown) => {
      // Without the workspace's address the page has no links for now.
      log.warn('slack: the address of the workspace could not be had', { why: wordsFor(error) });
      linking = undefined;
      return () => undefined;
    });
    return linking;
  };
  return async (home, { externalId }) => {
    const view = homeView(home, await links());
    return settled(log, undefined, web.views.publish({ user_id: externalId, view }));
  };
}

async function linksOf(web: webApi.WebClient): Promise<LinkTo> {
  const { url = '' } = await web.auth.test();
  return address => {
    const { channel, thread } = readAddress(address) ?? {};
    const safe = /^https:\/\/[\w.-]+\/$/.test(url);
    return safe && channel && thread ? `${url}archives/${channel}/p${thread.replace('.', '')}` : undefined;
  };
}

function homeView({ title, intro, tickets, buttons }: Home, linkTo: LinkTo): types.HomeView {
  const head: types.KnownBlock[] = [{ type: 'header', text: plainText(title, lengths.header) }];
  const all = [
    ...head,
    ...textBlocks(intro),
    ...buttonBlocks(buttons, 'home-'),
    ...tickets.flatMap(ticket => ticketBlocks(ticket, linkTo)),
  ];
  return { type: 'home', callback_id: 'home', blocks: all.slice(0, lengths.viewBlocks) };
}

function ticketBlocks(
  { mark, subject, state, line, address, buttons }: Ticket,
  linkTo: LinkTo,
): types.KnownBlock[] {
  const name = literalInline(`${mark} ${subject}`);
  const link = address && linkTo(address);
  const head = link ? `[${name}](<${link}>)` : name;
  const text = [`**${head}** · ${literalInline(state)}`, line].filter(Boolean).join('\\\n');
  return [{ type: 'divider' }, ...textBlocks(text), ...buttonBlocks(buttons, `home-${mark}-`)];
}
