import { isIP } from 'node:net';

/** What can be asked for by mail. */
export const wantable = ['server', 'service', 'description'] as const;
/** One of them. */
export type Wanted = (typeof wantable)[number];

/** How people call a server and a service before a colon, in our words and in theirs. */
const LABELS: Readonly<Record<'server' | 'service', RegExp>> = {
  server:
    /^\W{0,5}(?:server ip or order number|server ip|server|ip address|ip|order number|order|order no\.?|ip serwera lub numer zamówienia|ip serwera|serwer|adres ip|numer zamówienia|nr zamówienia|zamówienie)\W{0,3}\s*[:=]\s*(.{1,100})$/imu,
  service:
    /^\W{0,5}(?:service name|service|name of the service|nazwa usługi|usługa)\W{0,3}\s*[:=]\s*(.{1,100})$/imu,
};
/** Words that are looked at. */
const WORDS = 2000;
const ORDER = /^#(\d{4,12})$/;
/** Characters that stand around an address in a sentence. */
const EDGES = /^[("'<[]+|[)"'>\],;.!?]+$/g;

/** The facts that stand in a text, as a form would take them: an address or an order number, and the name of a service where it is called that. */
export function factsIn(text: string): Partial<Record<'server' | 'service', string>> {
  const labelled = LABELS.server.exec(text)?.[1];
  const server = (labelled === undefined ? undefined : signIn(labelled, true)) ?? signIn(text, false);
  const service = LABELS.service.exec(text)?.[1]?.trim();
  return { ...(server !== undefined && { server }), ...(service && { service }) };
}

function signIn(text: string, labelled: boolean): string | undefined {
  for (const given of text.split(/\s+/, WORDS)) {
    const word = given.replace(EDGES, '');
    const address = word.replace(/^(\d+\.\d+\.\d+\.\d+)(?::\d+|\/\d+)$/, '$1');
    // `::` and the like are no server.
    if (isIP(address) !== 0 && address.length > 4) return address;
    const order = ORDER.exec(labelled && /^\d{4,12}$/.test(word) ? `#${word}` : word)?.[1];
    if (order !== undefined) return `#${order}`;
  }
  return undefined;
}

/** What has to be asked for: what the desk needs for a ticket about a machine, and does not know. */
export function missingFor(given: {
  readonly facts: Readonly<Record<string, string>>;
  readonly hasWords: boolean;
  readonly technical: boolean;
  readonly knownService: boolean;
}): Wanted[] {
  const { facts, hasWords, technical, knownService } = given;
  const machine = technical && !knownService;
  return wantable.filter(one => {
    if (one === 'description') return !hasWords;
    // An address or an order number tells which service it is.
    return machine && facts.server === undefined && facts[one] === undefined;
  });
}
