/** The desk's own page in Slack: App Home. */
import type { types, webApi } from '@slack/bolt';
import { type Home, type LinkTo, type Log, literalInline, type ShowHome } from '../../core/index.ts';
import { settled } from './change.ts';
import { buttonBlocks, plainText, textBlocks } from './controls.ts';
import { lengths } from './limits.ts';
import type { Links } from './links.ts';

type Ticket = Home['tickets'][number];

/** Shows the page; doing it twice is doing it once. https://docs.slack.dev/reference/methods/views.publish (tier 4, no scope) */
export function createShowHome(web: webApi.WebClient, log: Log, links: Links): ShowHome {
  return async (home, { externalId }) => {
    const view = homeView(home, await links.ready());
    return settled(log, undefined, web.views.publish({ user_id: externalId, view }));
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
