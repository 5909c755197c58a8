/** IMAP4rev1 (RFC 3501) as far as a program that reads a mailbox needs it; strict about what it is asked. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import type { Faults } from './faults.ts';
import type { Folder, House } from './house.ts';
import { type Command, readCommand } from './imap-commands.ts';

/** How the server behaves. */
export interface ImapParts {
  readonly port: number;
  readonly house: House;
  readonly faults: Faults;
  /** Told of each command with its answer. */
  log(command: string, argument: string, answer: string): void;
}

/** A server that listens. */
export interface Imap {
  readonly port: number;
  /** Connections that stand now. */
  readonly connections: number;
  stop(): Promise<void>;
}

/** Starts the server on 127.0.0.1. */
export async function openImap(parts: ImapParts): Promise<Imap> {
  const sessions = new Set<Session>();
  const server: Server = createServer(socket => {
    const session = new Session(socket, parts);
    sessions.add(session);
    socket.on('close', () => sessions.delete(session));
  });
  await new Promise<void>(resolve => server.listen(parts.port, '127.0.0.1', resolve));
  const quiet = parts.house.onMail(() => {
    for (const session of sessions) session.news();
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sessions.size;
    },
    async stop() {
      quiet();
      for (const session of sessions) session.end();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

class Session {
  readonly #socket: Socket;
  readonly #parts: ImapParts;
  #received: Buffer = Buffer.alloc(0);
  #loggedIn = false;
  #folder: Folder | undefined;
  /** Mails that the client knows of. */
  #known = 0;
  #idle: string | undefined;
  /** Somebody logs in, and is asked for the rest of it. */
  #proving: Command | undefined;

  constructor(socket: Socket, parts: ImapParts) {
    this.#socket = socket;
    this.#parts = parts;
    socket.on('data', data => this.#take(data));
    socket.on('error', () => undefined);
    this.#say('* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=XOAUTH2 SASL-IR] ready');
  }

  end(): void {
    this.#socket.destroy();
  }

  /** Something came into a folder: whoever idles there is told. */
  news(): void {
    if (this.#idle !== undefined) this.#tellNew();
  }

  #say(line: string | Buffer): void {
    if (this.#socket.destroyed) return;
    this.#socket.write(typeof line === 'string' ? `${line}\r\n` : line);
  }

  #take(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      if (this.#idle !== undefined || this.#proving !== undefined) {
        const end = this.#received.indexOf('\r\n');
        if (end < 0) return;
        const line = this.#received.toString('latin1', 0, end);
        this.#received = this.#received.subarray(end + 2);
        const begun = this.#proving;
        this.#proving = undefined;
        if (begun !== undefined) {
          this.#answer({ ...begun, args: [...begun.args, line] });
          continue;
        }
        const tag = this.#idle;
        this.#idle = undefined;
        this.#say(line.toUpperCase() === 'DONE' ? `${tag} OK IDLE done` : `${tag} BAD expected DONE`);
        continue;
      }
      const read = readCommand(this.#received, () => this.#say('+ go on'));
      if (read === undefined) return;
      this.#received = read.rest;
      this.#answer(read.command);
    }
  }

  #answer(command: Command): void {
    const { tag, name, args } = command;
    if (name === 'AUTHENTICATE' && args.length === 1) {
      this.#proving = command;
      this.#say('+ ');
      return;
    }
    const said = name === 'LOGIN' || name === 'AUTHENTICATE' ? '' : args.join(' ');
    const fault = this.#parts.faults.take(name, said);
    if (fault?.kind === 'refuse-connection') {
      this.#parts.log(name, said, 'the connection is dropped');
      this.end();
      return;
    }
    const answer = fault === undefined ? this.#do(command) : `NO a fault of the pretend server`;
    this.#parts.log(name, said, answer);
    if (name === 'IDLE' && answer === '') {
      this.#idle = tag;
      this.#say('+ idling');
      this.#tellNew();
      return;
    }
    if (this.#folder !== undefined && name !== 'SELECT') this.#tellNew();
    this.#say(`${tag} ${answer}`);
    if (name === 'LOGOUT') this.#socket.end();
  }

  #tellNew(): void {
    const count = this.#folder?.mails.length ?? 0;
    if (count === this.#known) return;
    this.#known = count;
    this.#say(`* ${count} EXISTS`);
  }

  /** Says what is untagged, and returns the tagged answer. */
  #do({ name, args }: Command): string {
    switch (name) {
      case 'CAPABILITY':
        this.#say('* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=XOAUTH2 SASL-IR');
        return 'OK done';
      case 'NOOP':
        return 'OK done';
      case 'LOGOUT':
        this.#say('* BYE');
        return 'OK bye';
      case 'LOGIN':
        return this.#login(args[0] ?? '', args[1] ?? '');
      case 'AUTHENTICATE':
        return this.#authenticate(args);
    }
    if (!this.#loggedIn) return 'BAD log in first';
    switch (name) {
      case 'LIST':
      case 'LSUB':
        return this.#list(name, args);
      case 'SELECT':
        return this.#select(args[0] ?? '');
    }
    if (this.#folder === undefined) return 'BAD select a folder first';
    switch (name) {
      case 'IDLE':
        return '';
      case 'UID SEARCH':
        return this.#search(this.#folder, args);
      case 'UID FETCH':
        return this.#fetch(this.#folder, args);
      case 'UID STORE':
        return this.#store(this.#folder, args);
      default:
        return 'BAD not known here';
    }
  }

  #login(user: string, pass: string): string {
    this.#loggedIn = user === this.#parts.house.user && pass === this.#parts.house.pass;
    return this.#loggedIn ? 'OK logged in' : 'NO [AUTHENTICATIONFAILED] not so';
  }

  #authenticate([method = '', initial = '']: readonly string[]): string {
    const given = Buffer.from(initial, 'base64').toString();
    if (method.toUpperCase() === 'PLAIN') {
      const [, user = '', pass = ''] = given.split('\0');
      return this.#login(user, pass);
    }
    // Fields end with ^A (Google’s and Microsoft’s XOAUTH2).
    const [user = '', token = ''] = given.split(String.fromCharCode(1));
    const { house } = this.#parts;
    const right =
      user === `user=${house.user}` && house.token !== undefined && token === `auth=Bearer ${house.token}`;
    if (method.toUpperCase() !== 'XOAUTH2' || !right) return 'NO [AUTHENTICATIONFAILED] not so';
    this.#loggedIn = true;
    return 'OK logged in';
  }

  #list(name: string, [, pattern = '']: readonly string[]): string {
    if (pattern === '') this.#say(`* ${name} (\\Noselect) "/" ""`);
    for (const { path } of this.#parts.house.folders)
      if (pattern === '*' || pattern === '%' || pattern.toLowerCase() === path.toLowerCase())
        this.#say(`* ${name} (\\HasNoChildren) "/" "${path}"`);
    return 'OK done';
  }

  #select(path: string): string {
    const folder = this.#parts.house.folders.find(one => one.path.toLowerCase() === path.toLowerCase());
    if (folder === undefined) return 'NO there is no such folder';
    this.#folder = folder;
    this.#known = folder.mails.length;
    this.#say('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)');
    this.#say('* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)] flags');
    this.#say(`* ${folder.mails.length} EXISTS`);
    this.#say('* 0 RECENT');
    this.#say('* OK [UIDVALIDITY 1] uids');
    this.#say(`* OK [UIDNEXT ${folder.next}] next`);
    return 'OK [READ-WRITE] selected';
  }

  #search(folder: Folder, args: readonly string[]): string {
    const [what] = args;
    if (args.length !== 1 || (what !== 'UNSEEN' && what !== 'ALL'))
      return 'BAD only UNSEEN and ALL are looked for here';
    const found = folder.mails.filter(({ flags }) => what === 'ALL' || !flags.has('\\Seen'));
    this.#say(`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trimEnd());
    return 'OK done';
  }

  #fetch(folder: Folder, [uid = '', items = '']: readonly string[]): string {
    if (!/^\d+$/.test(uid)) return 'BAD one mail at a time';
    const index = folder.mails.findIndex(one => one.uid === Number(uid));
    const mail = folder.mails[index];
    if (mail === undefined) return 'OK nothing';
    const wanted = items.replace(/^\(|\)$/g, '').split(/\s+(?![^[]*\])/);
    const parts: Buffer[] = [Buffer.from(`* ${index + 1} FETCH (UID ${uid}`)];
    for (const item of wanted) {
      const body = /^BODY\.PEEK\[\](?:<0\.(\d+)>)?$/i.exec(item);
      if (item.toUpperCase() === 'UID') continue;
      if (item.toUpperCase() === 'FLAGS') parts.push(Buffer.from(` FLAGS (${[...mail.flags].join(' ')})`));
      else if (item.toUpperCase() === 'RFC822.SIZE')
        parts.push(Buffer.from(` RFC822.SIZE ${mail.raw.length}`));
      else if (body !== null) {
        const most = body[1] === undefined ? undefined : Number(body[1]);
        const bytes = Buffer.from(mail.raw.subarray(0, most));
        parts.push(Buffer.from(` BODY[]${most === undefined ? '' : '<0>'} {${bytes.length}}\r\n`), bytes);
      } else return `BAD ${item} is not given here`;
    }
    this.#say(Buffer.concat([...parts, Buffer.from(')\r\n')]));
    return 'OK done';
  }

  #store(folder: Folder, [uid = '', how = '', flags = '']: readonly string[]): string {
    const mail = folder.mails.find(one => one.uid === Number(uid));
    if (!/^\+FLAGS(?:\.SILENT)?$/i.test(how)) return 'BAD flags are only added here';
    if (mail !== undefined) for (const flag of flags.replace(/^\(|\)$/g, '').split(' ')) mail.flags.add(flag);
    return 'OK done';
  }
}
