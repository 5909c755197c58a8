import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Debian's Postfix and Dovecot on this machine, with a directory of their own: what is sent to one is read from the other. */
export interface RealMail {
  readonly smtpPort: number;
  readonly imapPort: number;
  /** Ends Dovecot and begins it again, as an update of the machine does. */
  restartDovecot(meanwhile: () => Promise<void>): Promise<void>;
  /** What both have written down, for a failed test. */
  log(): Promise<string>;
  close(): Promise<void>;
}

/** The password of every mailbox. */
export const PASSWORD = 'mailbox';

const has = (name: string): boolean =>
  spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${name}`], { stdio: 'ignore' }).status === 0;

/** Whether both are installed: `.ci/run` does so, and says so with REAL_MAIL, so that there nothing is left out. */
export const hasRealMail = process.env.REAL_MAIL === '1' || (has('dovecot') && has('postconf'));

const AS_ROOT = userInfo().uid === 0 ? [] : ['sudo', '-n'];
/** Each has this long to begin and to end, in ms. */
const PATIENCE_MS = 20_000;
/** Debian's own users of these programs; whose mail it is. */
const OWNER = 'mail';

/** Starts both with these mailboxes. Rejects when one does not begin. */
export async function startRealMail(addresses: readonly string[]): Promise<RealMail> {
  const directory = await mkdtemp(join(tmpdir(), 'sd-mail-'));
  await chmod(directory, 0o755);
  const [smtpPort, imapPort] = [await freePort(), await freePort()];
  for (const name of ['etc', 'run', 'mail', 'queue', 'data']) await mkdir(join(directory, name));
  await writeFile(join(directory, 'etc/main.cf'), mainCf(directory, addresses));
  await writeFile(join(directory, 'etc/master.cf'), masterCf(smtpPort));
  await writeFile(join(directory, 'etc/boxes'), addresses.map(one => `${one} ${one}/\n`).join(''));
  await writeFile(join(directory, 'etc/users'), addresses.map(one => `${one}:{PLAIN}${PASSWORD}\n`).join(''));
  await writeFile(join(directory, 'etc/dovecot.conf'), dovecotConf(directory, imapPort));
  asRoot('chown', OWNER, join(directory, 'mail'));
  asRoot('chown', 'postfix', join(directory, 'data'));
  asRoot(
    'chown',
    'root',
    join(directory, 'queue'),
    join(directory, 'etc/main.cf'),
    join(directory, 'etc/master.cf'),
  );
  const postfix = begin('/usr/sbin/postfix', '-c', join(directory, 'etc'), 'start-fg');
  let dovecot = begin('/usr/sbin/dovecot', '-F', '-c', join(directory, 'etc/dovecot.conf'));
  const real: RealMail = {
    smtpPort,
    imapPort,
    async restartDovecot(meanwhile) {
      await dovecot.end();
      await meanwhile();
      dovecot = begin('/usr/sbin/dovecot', '-F', '-c', join(directory, 'etc/dovecot.conf'));
      await answers(imapPort);
    },
    log: async () => {
      asRoot('chmod', '-R', 'a+r', join(directory, 'postfix.log'), join(directory, 'dovecot.log'));
      const read = (name: string) => readFile(join(directory, name), 'utf8').catch(() => '');
      return (await Promise.all(['postfix.log', 'dovecot.log'].map(read))).join('\n');
    },
    async close() {
      await Promise.all([postfix.end(), dovecot.end()]);
      asRoot('rm', '-rf', directory);
      await rm(directory, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all([answers(smtpPort), answers(imapPort)]);
    return real;
  } catch (error) {
    const log = await real.log();
    await real.close();
    throw new Error(`the mail servers did not begin: ${log}`, { cause: error });
  }
}

function asRoot(...command: string[]): void {
  const [program = '', ...args] = [...AS_ROOT, ...command];
  spawnSync(program, args, { stdio: 'ignore' });
}

/** A server that runs in the foreground until it is told to end. */
function begin(...command: string[]): { end(): Promise<void> } {
  const [program = '', ...args] = [...AS_ROOT, ...command];
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Resolves once something greets there. */
async function answers(port: number): Promise<void> {
  const { connect } = await import('node:net');
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const greeted = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.setTimeout(2_000, () => socket.destroy());
      socket.once('data', () => socket.destroy());
    });
    if (greeted) return;
    if (performance.now() > until) throw new Error(`nothing greets on port ${port}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** Takes mail for the mailboxes and nothing else; what has no mailbox comes back, as it does between servers. */
function mainCf(directory: string, addresses: readonly string[]): string {
  const domains = [...new Set(addresses.map(one => one.slice(one.indexOf('@') + 1)))].join(', ');
  const settings = {
    compatibility_level: '3.6',
    queue_directory: `${directory}/queue`,
    data_directory: `${directory}/data`,
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: `${directory}/postfix.log`,
    maillog_file_prefixes: '/tmp, /var',
    myhostname: 'mx.desk.example',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    virtual_mailbox_domains: domains,
    virtual_mailbox_base: `${directory}/mail`,
    virtual_mailbox_maps: `texthash:${directory}/etc/boxes`,
    virtual_minimum_uid: '1',
    virtual_uid_maps: `static:${idOf('-u')}`,
    virtual_gid_maps: `static:${idOf('-g')}`,
    virtual_mailbox_limit: '0',
    recipient_delimiter: '+',
    smtpd_reject_unlisted_recipient: 'no',
    message_size_limit: '80000000',
    default_transport: 'error:only mail for the tests goes here',
    alias_maps: '',
    alias_database: '',
    smtp_tls_security_level: 'none',
    smtpd_tls_security_level: 'none',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

function idOf(which: '-u' | '-g'): string {
  return spawnSync('id', [which, OWNER], { encoding: 'utf8' }).stdout.trim();
}

function masterCf(port: number): string {
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'proxymap unix - - n - - proxymap',
    'virtual unix - n n - - virtual',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'anvil unix - - n - 1 anvil',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
}

function dovecotConf(directory: string, port: number): string {
  return `base_dir = ${directory}/run
state_dir = ${directory}/run
log_path = ${directory}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${directory}/mail/%u
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = ${directory}/etc/users
}
userdb {
  driver = static
  args = uid=${OWNER} gid=${OWNER} home=${directory}/mail/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
}
