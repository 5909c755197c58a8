/** Mail, over SMTP: what the desk says goes out, one conversation for each ticket. Nothing is read yet. */
import type { Channel, Receipt } from '../../core/index.ts';
import { mailAddress } from './address.ts';
import { createPost } from './api.ts';
import { check } from './check.ts';
import type { EmailConfig } from './config.ts';
import { deliver, type Outlet } from './deliver.ts';
import { limitsFor } from './limits.ts';
import { receive } from './receive.ts';
import { openThread } from './thread.ts';

export type { EmailConfig } from './config.ts';

/**
 * Mail as a channel. What was sent cannot be changed or taken back (no `edit`, no `remove`), has no buttons, and cannot be looked up (no
 * `find`); sent again it is the same mail, by its Message-ID. People are told apart by their address; there is no `space`.
 */
export function createEmailChannel(config: EmailConfig): Channel {
  const post = createPost(config);
  const outlet: Outlet = { config, post, log: config.log, trouble: { inARow: 0 } };
  return {
    kind: 'email',
    limits: limitsFor(config.perSecond),
    receive: async () => receive(),
    openChat: async ({ externalId }) => mailboxOf(externalId),
    deliver: (message, to) => deliver(outlet, message, to),
    openThread: thread => openThread(outlet, thread),
    check: () => check(post, config),
    close: async () => post.close(),
  };
}

function mailboxOf(address: string): Receipt {
  const mail = mailAddress(address);
  return mail === undefined
    ? { outcome: 'refused', code: 'invalid', why: 'it is no mail address' }
    : { outcome: 'delivered', address: mail, unasked: true };
}
