/** Mail: what the desk says goes out over SMTP, one conversation for each ticket; what people write comes in over HTTP, or from a mailbox. */
import type { Channel, Receipt } from '../../core/index.ts';
import { mailAddress } from './address.ts';
import { createPost } from './api.ts';
import { check } from './check.ts';
import type { EmailConfig, IncomingConfig } from './config.ts';
import { deliver, type Outlet } from './deliver.ts';
import { fetchPart, type Intake } from './in/intake.ts';
import { createReader } from './in/reader.ts';
import { openSpool } from './in/spool.ts';
import { limitsFor } from './limits.ts';
import { receive, receiveFrom } from './receive.ts';
import { openThread } from './thread.ts';

/** Mails that are kept for their files are looked through so often, in ms. */
const SWEEP_MS = 6 * 3_600_000;

export type { EmailConfig, IncomingConfig } from './config.ts';

/**
 * Mail as a channel. What was sent cannot be changed or taken back (no `edit`, no `remove`), has no buttons, and cannot be looked up (no
 * `find`); sent again it is the same mail, by its Message-ID. People are told apart by their address, and by whether their mail servers vouch
 * for it: who is not vouched for has the `space` `UNVOUCHED`.
 */
export function createEmailChannel(config: EmailConfig): Channel {
  const post = createPost(config);
  const outlet: Outlet = { config, post, log: config.log, trouble: { inARow: 0 } };
  const mailbox = config.incoming?.mailbox;
  const intake = config.incoming && intakeOf(config, config.incoming);
  const sweeping = setInterval(
    () => void intake?.spool.sweep(config.now()).catch(() => undefined),
    SWEEP_MS,
  ).unref();
  return {
    kind: 'email',
    limits: { ...limitsFor(config.perSecond), ...(intake && { inbox: config.from.address }) },
    receive: async () => receive(),
    openChat: async ({ externalId }) => mailboxOf(externalId),
    deliver: (message, to) => deliver(outlet, message, to),
    openThread: thread => openThread(outlet, thread),
    check: () => check(post, config),
    async close() {
      clearInterval(sweeping);
      await intake?.reader.close();
      post.close();
    },
    ...(intake && {
      receiveFrom: request => receiveFrom(intake, request),
      fetchFile: (file, maxBytes) => fetchPart(intake, file, maxBytes),
      forget: ({ externalId }) => intake.spool.forget(externalId),
    }),
    ...(intake &&
      mailbox && {
        listen: async sink => (await import('./in/mailbox.ts')).listenToMailbox(intake, mailbox, sink),
      }),
  };
}

function intakeOf(config: EmailConfig, { spool, resolve, readMs }: IncomingConfig): Intake {
  return { config, reader: createReader(config.log, resolve, readMs), spool: openSpool(spool) };
}

function mailboxOf(address: string): Receipt {
  const mail = mailAddress(address);
  return mail === undefined
    ? { outcome: 'refused', code: 'invalid', why: 'it is no mail address' }
    : { outcome: 'delivered', address: mail, unasked: true };
}
