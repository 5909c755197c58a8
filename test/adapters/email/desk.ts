import { createEmailChannel, type EmailConfig } from '../../../src/adapters/email/index.ts';
import type { Channel, Outbound, OutboundThread } from '../../../src/core/index.ts';
import { type MailOptions, type MailSimulator, startMail } from '../../../src/simulator/mail/index.ts';
import { type KeptLog, keptLog } from '../../harness/desk.ts';

/** The adapter, wired to a pretend mail server through the real nodemailer. */
export interface MailDesk {
  readonly mail: MailSimulator;
  readonly channel: Channel;
  readonly log: KeptLog;
  stop(): Promise<void>;
}

/** What Message-IDs are signed with here. */
export const SECRET = Buffer.from('a secret of 32 characters or more');

/** When everything here happens. */
export const NOON = new Date('2026-11-22T12:00:00Z');

/** The configuration for a pretend server. */
export function configFor(
  mail: Pick<MailSimulator, 'url'>,
  log: EmailConfig['log'],
  more: Partial<EmailConfig> = {},
): EmailConfig {
  const { hostname: host, port, protocol } = new URL(mail.url);
  return {
    smtp: { host, port: Number(port), secure: protocol === 'smtps:', tls: 'off' },
    from: { name: 'Example Support', address: 'support@desk.example' },
    log,
    now: () => NOON,
    secret: async () => SECRET,
    ...more,
  };
}

/** Starts both. */
export async function startMailDesk(
  options: MailOptions = {},
  more: Partial<EmailConfig> | ((mail: MailSimulator) => Partial<EmailConfig>) = {},
  wrap: (channel: Channel) => Channel = one => one,
): Promise<MailDesk> {
  const mail = await startMail(options);
  const log = keptLog();
  const config = configFor(mail, log, typeof more === 'function' ? more(mail) : more);
  const channel = wrap(createEmailChannel(config));
  return {
    mail,
    channel,
    log,
    async stop() {
      await channel.close?.();
      await mail.stop();
    },
  };
}

/** A message of the desk. */
export function message(id: string, text: string, more: Partial<Outbound> = {}): Outbound {
  return { id, at: NOON, class: 'reply', subject: '[#12] Server is down', text, buttons: [], ...more };
}

/** The first message of a ticket's conversation. */
export function thread(id: string, who: string, more: Partial<OutboundThread> = {}): OutboundThread {
  return {
    ...message(id, 'We have your ticket.'),
    title: '#12 Server is down',
    mark: '#12',
    person: { space: '', externalId: who },
    ...more,
  };
}
