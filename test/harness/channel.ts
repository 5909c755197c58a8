import type { Address, Channel, FetchFile, Limits, Outbound, Receipt } from '../../src/core/index.ts';

/** What a scripted channel was asked to do. */
export interface Call {
  readonly what: 'deliver' | 'thread' | 'desk-post' | 'card' | 'react' | 'edit' | 'remove' | 'echo';
  /** Our id of the delivery; for `react`, `edit`, `remove` and `echo` the platform's id of the message. */
  readonly id: string;
  readonly to: Address;
  readonly text: string;
  /** As mail has it, and what stops messages of the kind. */
  readonly subject?: string;
  readonly unsubscribe?: string;
  readonly class?: string;
  readonly mentions?: readonly string[];
  /** The message that it goes on from. */
  readonly replyTo?: string;
  /** Files that went with it: name, type, content as text, and what a picture says. */
  readonly files?: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: string;
    readonly alt?: string;
  }[];
}

/** A channel of the port for tests of the core's rules: it does what its script says, and keeps what it was asked. */
export interface ScriptedChannel extends Channel {
  readonly calls: Call[];
  /** Decides what becomes of a call; by default it is delivered. */
  script: (call: Call) => Receipt | Promise<Receipt>;
}

const wide: Limits = {
  text: 2000,
  measure: markdown => markdown.length,
  forms: { fields: 100, errorsAtField: true },
  places: 'per-ticket',
  bot: { perSecond: 1000, burst: 1000 },
  place: { perSecond: 1000, burst: 1000 },
  resendIsSafe: false,
};

/** A scripted channel; `desk` gives it the abilities of a staff surface, `without` takes some from it. */
export function scriptedChannel(
  kind: string,
  given: Partial<Limits> & {
    readonly desk?: boolean;
    readonly find?: Channel['find'];
    readonly fetchFile?: FetchFile;
    readonly without?: readonly ('edit' | 'remove' | 'echo')[];
  } = {},
): ScriptedChannel {
  const { desk = false, find, fetchFile, without = [], ...limits } = given;
  const calls: Call[] = [];
  let made = 0;
  const take = async (call: Call): Promise<Receipt> => {
    calls.push(call);
    return channel.script(call);
  };
  const place = (receipt: Receipt, prefix: string): Receipt =>
    receipt.outcome === 'delivered' && receipt.address === undefined
      ? { ...receipt, address: `${prefix}-${++made}`, ref: `${prefix}-head-${made}` }
      : receipt;
  const channel: ScriptedChannel = {
    kind,
    calls,
    limits: { ...wide, ...limits },
    script: () => ({ outcome: 'delivered', ref: `m${calls.length}` }),
    receive: async () => ({
      verified: false,
      response: { status: 401 },
      why: 'scripted channels take no requests',
    }),
    deliver: async (message: Outbound, to) =>
      take({
        what: 'deliver',
        id: message.id,
        to,
        text: message.text,
        ...mailOf(message),
        ...(message.mentions && { mentions: message.mentions }),
        ...(message.replyTo && { replyTo: message.replyTo }),
        ...(await filesOf(message)),
      }),
    openChat: async ({ externalId }) => ({
      outcome: 'delivered',
      address: limits.subject === undefined ? `${kind}-chat-${externalId}` : externalId,
      // As for mail, an address is known without asking.
      ...(limits.subject !== undefined && { unasked: true as const }),
    }),
    ...(limits.places === 'shared'
      ? {}
      : {
          openThread: async thread =>
            place(
              await take({
                what: 'thread',
                id: thread.id,
                to: thread.near ?? (limits.subject === undefined ? '' : thread.person.externalId),
                text: thread.text,
                ...mailOf(thread),
                ...(thread.replyTo && { replyTo: thread.replyTo }),
              }),
              `${kind}-thread`,
            ),
        }),
    ...(desk && {
      openPost: async card =>
        place(
          await take({ what: 'desk-post', id: card.id, to: '', text: `${card.title}\n${card.body}` }),
          `${kind}-post`,
        ),
      showCard: (card, to) => take({ what: 'card', id: card.id, to, text: card.state }),
      react: (mark, to, ref) => take({ what: 'react', id: ref, to, text: mark }),
    }),
    ...(find && { find }),
    ...(fetchFile && { fetchFile }),
    ...(!without.includes('edit') && {
      edit: (message, to, ref) => take({ what: 'edit', id: ref, to, text: message.text }),
    }),
    ...(!without.includes('remove') && {
      remove: (to, ref) => take({ what: 'remove', id: ref, to, text: '' }),
    }),
    ...(!without.includes('echo') && {
      echo: (emoji, on, to, ref) => take({ what: 'echo', id: ref, to, text: `${on ? '+' : '-'}${emoji}` }),
    }),
  };
  return channel;
}

async function filesOf({ files }: Outbound): Promise<Pick<Call, 'files'>> {
  if (files === undefined) return {};
  const read = files.map(async ({ name, type, alt, read }) => ({
    name,
    type,
    content: Buffer.from(await read()).toString('latin1'),
    ...(alt !== undefined && { alt }),
  }));
  return { files: await Promise.all(read) };
}

function mailOf({
  subject,
  unsubscribe,
  class: urgency,
}: Outbound): Pick<Call, 'subject' | 'unsubscribe' | 'class'> {
  return subject === undefined ? {} : { subject, unsubscribe, class: urgency };
}
