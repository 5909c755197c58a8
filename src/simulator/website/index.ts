import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, SimClock, Simulator } from '../model.ts';
import { pageOf } from './page.ts';
import { makePerson } from './person.ts';
import type { PersonSpec, WebPerson } from './types.ts';

export type { WebPerson } from './types.ts';

/** How the pretend provider's site begins. Everything has a default. */
export interface WebsiteOptions {
  /** Default: the machine's clock. */
  readonly clock?: SimClock;
  /** Default: ana (pl), a customer who is signed in; ben and eve (en), visitors. */
  readonly people?: readonly PersonSpec[];
}

/** The pretend provider's site with the bubble on it, and people in front of it. */
export interface WebsiteSimulator extends Simulator {
  readonly people: readonly WebPerson[];
  person(name: string): WebPerson;
  addPerson(spec: PersonSpec): WebPerson;
  /** Nobody is mentioned there. */
  readonly pings: readonly { readonly whom: string }[];
  /** The site as browsers name it. */
  readonly origin: string;
  /** The key that the site signs its tokens with. */
  readonly secret: string;
  /** Where the desk is; the bubble's script comes from there. */
  setDesk(url: string): void;
  /** A token of the site for a customer; `seconds` that it is good for, 600 when nothing else is said. */
  tokenFor(customer: string, name: string, seconds?: number): string;
}

const DEFAULT_PEOPLE: readonly PersonSpec[] = [
  { name: 'ana', locale: 'pl', customer: 'ana' },
  { name: 'ben', locale: 'en' },
  { name: 'eve', locale: 'en' },
];

/** Starts a pretend site on loopback. */
export async function startWebsite({
  clock = { now: () => Date.now() },
  people = DEFAULT_PEOPLE,
}: WebsiteOptions = {}): Promise<WebsiteSimulator> {
  const secret = randomBytes(32).toString('base64url');
  const listeners = new Set<() => void>();
  const specs = [...people];
  let desk = '';
  const tokenFor = (customer: string, name: string, seconds = 600): string =>
    sign({ sub: customer, name, aud: 'switchdesk' }, seconds, clock.now(), secret);
  const server = await serve(path =>
    pageOf(path, {
      desk,
      tokenFor: who => tokenFor(specs.find(({ name }) => name === who)?.customer ?? who, who),
    }),
  );
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site = {
    origin,
    desk: () => desk,
    tokenFor,
    now: () => clock.now(),
    changed: () => {
      for (const tell of [...listeners]) tell();
    },
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const all = people.map(spec => makePerson(site, spec));
  return {
    platform: 'website',
    url: origin,
    origin,
    secret,
    people: all,
    pings: [],
    requests: [],
    tokenFor,
    addPerson(spec) {
      const person = makePerson(site, spec);
      specs.push(spec);
      all.push(person);
      return person;
    },
    person(name) {
      const found = all.find(one => one.name === name);
      if (found === undefined) throw new Error(`nobody on the site is called ${name}`);
      return found;
    },
    setDesk(url) {
      desk = url;
    },
    onRequest: () => () => undefined,
    onChange: site.onChange,
    addFault: (_: Fault) => {
      throw new Error('between the desk and its own rooms there is nothing that could fail');
    },
    clearFaults: () => undefined,
    redeliverLast: async () => undefined,
    async stop() {
      for (const one of all) one.end();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** A token as a provider's site makes it: HS256, by hand (RFC 7515, RFC 7519). */
function sign(
  claims: Readonly<Record<string, string>>,
  seconds: number,
  nowMs: number,
  secret: string,
): string {
  const iat = Math.floor(nowMs / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, iat, exp: iat + seconds })}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

async function serve(
  page: (
    path: string,
  ) => { readonly type: string; readonly policy: string; readonly text: string } | undefined,
): Promise<Server> {
  const server = createServer((request, answer) => {
    const found = page(request.url ?? '/');
    if (found === undefined) return void answer.writeHead(404).end();
    answer.writeHead(200, {
      'content-type': found.type,
      'content-security-policy': found.policy,
      'cache-control': 'no-store',
    });
    answer.end(found.text);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}
