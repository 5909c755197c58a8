/** The chat on the provider's website: a bubble whose other end is the desk itself, with no platform in between. */
import type { Channel } from '../../core/index.ts';
import { check } from './check.ts';
import type { WebchatConfig } from './config.ts';
import { deliver, edit, find, type Outlet, openChat, openThread, remove, showWriting } from './deliver.ts';
import { fetchFile } from './files.ts';
import { createFront, type Front } from './front.ts';
import { createHub } from './hub.ts';
import { limits } from './limits.ts';
import { createListening } from './listen.ts';
import { receive } from './receive.ts';
import { createTalk } from './talk.ts';
import { createAdmit } from './verify.ts';

export type { TokenKey, WebchatConfig } from './config.ts';
export type { Front } from './front.ts';

/** The web chat as a channel, and its door for browsers. */
export interface Webchat {
  readonly channel: Channel;
  readonly front: Front;
}

/**
 * Makes the web chat. A room keeps all that is said in it, so a bubble that was away misses nothing, and an attempt to send can be looked up. Visitors
 * are known by a secret in their browser; customers by what the provider's own site signs. There are no reactions and no commands: buttons do.
 */
export function createWebchat(config: WebchatConfig): Webchat {
  const hub = createHub();
  const listening = createListening(() => front.stop());
  const admit = createAdmit(config);
  const { sink } = listening;
  const talk = createTalk({ config, hub, sink });
  const front = createFront({ config, hub, admit, talk, isOpen: () => sink() !== undefined });
  const outlet: Outlet = { config, hub };
  const channel: Channel = {
    kind: 'webchat',
    limits,
    receive: async () => receive(),
    deliver: (message, to) => deliver(outlet, message, to),
    openChat: person => openChat(outlet, person),
    openThread: thread => openThread(outlet, thread),
    find: lookup => find(outlet, lookup),
    edit: (message, to, ref) => edit(outlet, message, to, ref),
    remove: (to, ref) => remove(outlet, to, ref),
    hasRead: async (to, ref) => /^\d{1,15}$/.test(ref) && config.rooms.hasRead(to, Number(ref)),
    showWriting: to => showWriting(outlet, to),
    listen: listening.listen,
    fetchFile: (file, maxBytes) => fetchFile(config.uploads, file, maxBytes),
    check: async () => check(config),
  };
  return { channel, front };
}
