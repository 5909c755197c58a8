/**
 * Slack, over its own SDK. Bolt's `App` is not used: for events it acknowledges before any listener runs (bolt 5.1.0, App.js
 * processEvent), so that a crash in between loses them. Here an event is answered when the core has stored it.
 */
import type { Channel, Inbound, RawRequest, RawResponse, Received } from '../../core/index.ts';
import { createWeb, wordsFor } from './api.ts';
import { createCatchUp } from './catch-up.ts';
import { createEcho, createEdit, createReact, createRemove } from './change.ts';
import { createCheck } from './check.ts';
import type { SlackConfig } from './config.ts';
import { createDeliver, createOpenChat, createOpenThread } from './deliver.ts';
import { createOpenPost, createShowCard } from './desk.ts';
import { createFetchFile, createPostFiles } from './files.ts';
import { createFind } from './find.ts';
import type { Heard } from './heard.ts';
import { createShowHome } from './home.ts';
import { createPeople } from './identify.ts';
import { limits } from './limits.ts';
import { createLinks } from './links.ts';
import { createListen, type Take } from './listen.ts';
import { decodeBody, read } from './receive.ts';
import { createRespond } from './respond.ts';
import { createRolesOf } from './roles.ts';
import { createDistrust } from './verify.ts';
import { createWhereabouts, type Where } from './whereabouts.ts';

export type { SlackConfig } from './config.ts';

const nowhere: Where = { place: '', direct: false };
/** Slack sends an event again, up to three times within some minutes, when it was not answered with 200. */
const later: RawResponse = { status: 503, body: '' };

/**
 * Slack as a channel: `/ticket`, modals, buttons, and a thread in the person's chat with the bot for each ticket; with `deskChannelId` also
 * a desk. What the app has to be granted and told of: scopes.ts, docs/slack-manifest.yaml.
 */
export function createSlackChannel(config: SlackConfig): Channel {
  const { log, now, phrases, apiUrl, appToken, signingSecret, deskChannelId } = config;
  const web = createWeb(config);
  const people = createPeople(web, now, log);
  const distrust = createDistrust(signingSecret);
  const whereabouts = createWhereabouts(web, log);
  const links = createLinks(web, log);
  const unsaid = (error: unknown): undefined =>
    log.warn('slack: an event is taken later', { why: wordsFor(error) }) as undefined;
  const respond = createRespond({ web, apiUrl, phrases, log });

  const heardOf = async (heard: Heard): Promise<Received> => {
    const { space, user, asIs, otherwise, reply } = heard;
    const [from, where] = await Promise.all([
      asIs ? people.known(space, user) : people.sender(space, user, otherwise),
      heard.spot ? whereabouts.of(heard.spot).catch(unsaid) : nowhere,
    ]);
    if (where === undefined) return { verified: true, inbound: [], respond: async () => later };
    const inbound: readonly Inbound[] = [heard.event(from, where)];
    return {
      verified: true,
      inbound,
      respond: async ([answer]) => respond(reply, answer ?? { type: 'nothing' }, from),
    };
  };
  const take: Take = async (payload, at) => {
    const reading = read(payload, at, people.nameOf, deskChannelId);
    if (reading.kind === 'heard') return heardOf(reading.heard);
    if (reading.kind === 'dropped')
      log.warn('slack: a message was not understood', { event: reading.event, at: reading.at });
    if (reading.kind === 'malformed') log.warn('slack: a payload was not understood', { why: reading.why });
    const status = reading.kind === 'malformed' ? 400 : 200;
    const response = reading.kind === 'answer' ? reading.response : { status, body: '' };
    return { verified: true, inbound: [], respond: async () => response };
  };

  const catchUp = createCatchUp(web, take, now);

  return {
    kind: 'slack',
    limits,
    async receive(request: RawRequest): Promise<Received> {
      const why = distrust(request);
      if (why !== undefined) return { verified: false, response: { status: 401, body: '' }, why };
      return take(decoded(request), request.now);
    },
    deliver: createDeliver(web, log, whereabouts, createPostFiles(web, apiUrl, log)),
    openChat: createOpenChat(web, log),
    openThread: createOpenThread(web, log, whereabouts),
    edit: createEdit(web, log),
    remove: createRemove(web, log),
    echo: createEcho(web, log),
    fetchFile: createFetchFile(web, config),
    showHome: createShowHome(web, log, links),
    linkTo: links.now,
    catchUp,
    check: createCheck(web, config),
    find: createFind(web, log, deskChannelId),
    ...(deskChannelId && {
      openPost: createOpenPost(web, log, deskChannelId, whereabouts),
      showCard: createShowCard(web, log),
      react: createReact(web, log, now()),
      rolesOf: createRolesOf(web, log, now, deskChannelId),
    }),
    ...(appToken && { listen: createListen({ ...config, appToken }, take) }),
  };
}

/** Signed by Slack but not readable is malformed like anything else that is not an object. */
function decoded(request: RawRequest): unknown {
  try {
    return decodeBody(request);
  } catch {
    return undefined;
  }
}
