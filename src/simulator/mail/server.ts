/** SMTP itself; the only file that knows smtp-server. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Fault } from '../model.ts';
import type { Refusal } from './types.ts';

/** What the server asks about a step: nothing, to take it; a refusal; or what else becomes of it. */
export type Step = Refusal | Fault | undefined;

/** What one mail came with. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly utf8: boolean;
}

/** How the server behaves. */
export interface SmtpParts {
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly utf8: boolean;
  /** Largest mail in bytes. */
  readonly size: number;
  /** Called for each step; `argument` is the address, or the user. */
  step(command: 'CONNECT' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA', argument: string): Promise<Step>;
  /** Called with a whole mail; answers with the text of the 250, or refuses. */
  take(raw: Uint8Array, envelope: Envelope): Promise<string | Refusal>;
  /** Called when a mail has come whole and a fault keeps it from being taken. */
  kept(to: string, fault: Fault): void;
}

/** A server that listens. */
export interface Smtp {
  readonly port: number;
  /** Connections that stand now. */
  readonly connections: number;
  stop(): Promise<void>;
}

type Callback = (error?: Error | null) => void;

/** Starts the server on 127.0.0.1. */
export async function openSmtp(parts: SmtpParts): Promise<Smtp> {
  const cut = (id: string): void => {
    for (const one of server.connections) if (one.session.id === id) one._socket.destroy();
  };
  /** Takes the step, or does what the fault says. True when it goes on. */
  const pass = async (
    command: Parameters<SmtpParts['step']>[0],
    argument: string,
    { id }: SMTPServerSession,
    callback: Callback,
  ): Promise<void> => {
    const step = await parts.step(command, argument);
    if (step === undefined) callback();
    else if ('text' in step) callback(refusalOf(step));
    else if (step.kind === 'hang') return;
    else if (step.kind === 'refuse-connection' || step.kind === 'lose-answer') cut(id);
    else callback(refusalOf(faultReply(step)));
  };
  const server = new SMTPServer({
    ...(parts.tls ?? {}),
    secure: parts.secure,
    disabledCommands: [...(parts.tls ? [] : ['STARTTLS']), ...(parts.auth ? [] : ['AUTH'])],
    authOptional: parts.auth === undefined,
    // Like the submission servers of providers: no login in the clear where TLS is to be had.
    allowInsecureAuth: parts.tls === undefined,
    hideSMTPUTF8: !parts.utf8,
    size: parts.size,
    rejectOversized: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    logger: false,
    onConnect: (session, callback) => void pass('CONNECT', session.remoteAddress, session, callback),
    onAuth: (auth, session, callback) => {
      const right = auth.username === parts.auth?.user && auth.password === parts.auth?.pass;
      void pass('AUTH', auth.username ?? '', session, error => {
        if (error) callback(error);
        else if (right) callback(null, { user: auth.username });
        else callback(refusalOf({ status: 535, text: '5.7.8 Authentication credentials invalid' }));
      });
    },
    onMailFrom: ({ address }, session, callback) => void pass('MAIL', address, session, callback),
    onRcptTo: ({ address }, session, callback) => void pass('RCPT', address, session, callback),
    onData: (stream, session, callback) => {
      const { mailFrom, rcptTo, smtpUtf8 } = session.envelope;
      const to = rcptTo.map(({ address }) => address).join(' ');
      const envelope = { from: mailFrom === false ? '' : mailFrom.address, to, utf8: smtpUtf8 === true };
      void (async () => {
        const step = await parts.step('DATA', to);
        if (step !== undefined && !('text' in step) && step.kind === 'refuse-connection') {
          cut(session.id);
          return;
        }
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        if (step !== undefined && !('text' in step) && step.kind !== 'lose-answer') {
          parts.kept(to, step);
          if (step.kind !== 'hang') callback(refusalOf(faultReply(step)));
          return;
        }
        const answer = stream.sizeExceeded
          ? { status: 552, text: '5.3.4 Message too big' }
          : await parts.take(Buffer.concat(chunks), envelope);
        if (step !== undefined) cut(session.id);
        else if (typeof answer === 'string') callback(null, answer);
        else callback(refusalOf(answer));
      })().catch(() => cut(session.id));
    },
  });
  // A client that goes away in the middle is no event.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(parts.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    get connections() {
      return server.connections.size;
    },
    stop: () =>
      new Promise(resolve => {
        for (const one of server.connections) one._socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A fault of kind `status` or `platform-error` as a reply; `code` is the enhanced code. */
function faultReply({ status = 451, code }: Fault): Refusal {
  const enhanced = code ?? `${Math.floor(status / 100)}.3.0`;
  return { status, text: `${enhanced} A fault of the pretend server` };
}

function refusalOf({ status, text }: Refusal): Error {
  return Object.assign(new Error(text), { responseCode: status });
}
