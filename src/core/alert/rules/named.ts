import { isIP } from 'node:net';
import type { Impact, NoticeObject, ObjectType } from '../../notice/model.ts';
import { isFeltMore } from '../../notice/rules/impact.ts';
import { OBJECT, readValue } from '../../notice/rules/object.ts';
import { readAbout } from '../../notice/rules/read-about.ts';
import type { AlertSource, LabelMeaning } from '../../policy/alerts.ts';
import type { Alert } from '../model.ts';

/** What labels usually name, by what exporters and dashboards call them. */
const usual: Readonly<Record<string, LabelMeaning>> = {
  ...all('location', 'location', 'datacenter', 'datacentre', 'data_center', 'dc', 'site', 'pop'),
  ...all('rack', 'rack', 'rack_name', 'cabinet'),
  ...all('product', 'product', 'plan'),
  ...all('network', 'network', 'subnet', 'prefix', 'cidr'),
  ...all(
    'host',
    'instance',
    'host',
    'hostname',
    'ip',
    'host_ip',
    'address',
    'target',
    'server',
    'node',
    'url',
  ),
  ...all('service', 'service', 'service_ref'),
  ...all('order', 'order', 'order_number'),
};

function all(meaning: LabelMeaning, ...labels: string[]): Record<string, LabelMeaning> {
  return Object.fromEntries(labels.map(label => [label, meaning]));
}

/** What an alert may be about. `sure`: the source or the policy says so by name; what only labels say is as narrow as it can be. */
export interface Named {
  readonly sure: readonly NoticeObject[];
  readonly likely: readonly NoticeObject[];
  /** By its severity nobody needs to do anything. */
  readonly isSlight: boolean;
}

/** Labels that are looked at; the rest of a hostile list is not. */
const LABELS = 50;
/** Locations in which a rack is looked for. */
const LOCATIONS = 3;

/** What an alert names, in the form in which services have it. Whether anybody has it is for the database to say. */
export function namedBy(
  alert: Pick<Alert, 'labels' | 'about' | 'impact'>,
  { labels, values }: Pick<AlertSource, 'labels' | 'values'>,
): Named {
  const impact = impactOf(alert);
  const known = new Map(Object.entries(values).map(([value, about]) => [value.toLowerCase(), about]));
  const sure = (alert.about ?? []).flatMap(line => objectsIn(line, impact));
  const likely: NoticeObject[] = [];
  for (const [label, value] of Object.entries(alert.labels).slice(0, LABELS)) {
    const meant = known.get(value.toLowerCase());
    if (meant !== undefined) sure.push(...objectsIn(meant, impact));
    else likely.push(...objectOf(meaningOf(label, labels), value, impact));
  }
  return { sure: once(sure), likely: once(placed(likely)), isSlight: slight.includes(severityOf(alert)) };
}

/** Where labels also say the location, a rack is the one there, and not one of its name elsewhere; unless its name says the location itself. */
function placed(likely: readonly NoticeObject[]): NoticeObject[] {
  const locations = once(likely.filter(({ type }) => type === 'location')).slice(0, LOCATIONS);
  if (locations.length === 0) return [...likely];
  return likely.flatMap(one => {
    if (one.type !== 'rack') return [one];
    const there = locations.flatMap(({ value }) => checked('rack', `${value}/${one.value}`, one.impact));
    return one.value.includes('/') ? [...there, one] : there;
  });
}

function meaningOf(label: string, own: Readonly<Record<string, LabelMeaning>>): LabelMeaning {
  if (Object.hasOwn(own, label)) return own[label] ?? 'ignore';
  const name = label.toLowerCase();
  return Object.hasOwn(usual, name) ? (usual[name] ?? 'ignore') : 'ignore';
}

/** An impact that is written counts; what is written without one is felt as the alert says. */
function objectsIn(about: string, impact: Impact): NoticeObject[] {
  const read = readAbout(about);
  if ('line' in read) return [];
  const isSaid = about.includes('=');
  return read.objects.flatMap(one =>
    one.type === 'all' ? [] : checked(one.type, one.value, isSaid ? one.impact : impact),
  );
}

function objectOf(meaning: LabelMeaning, value: string, impact: Impact): NoticeObject[] {
  switch (meaning) {
    case 'ignore':
      return [];
    case 'host': {
      const host = hostIn(value);
      return checked(isIP(host) === 0 ? 'service' : 'network', host, impact);
    }
    default:
      return checked(meaning, value, impact);
  }
}

function checked(type: ObjectType, value: string, impact: Impact): NoticeObject[] {
  const read = readValue(type, value);
  return 'value' in read && read.value.length <= OBJECT ? [{ type, value: read.value, impact }] : [];
}

/** The host of `https://host:port/path`, `host:port`, `[2001:db8::1]:9100`, or what stands there alone. */
export function hostIn(value: string): string {
  const bare = value
    .trim()
    .replace(/^[a-z][a-z0-9+.-]{0,20}:\/\//i, '')
    .split(/[/?#]/, 1)[0] as string;
  const [, inside] = /^\[([^\]]{1,60})\]/.exec(bare) ?? [];
  if (inside !== undefined) return inside;
  if (isIP(bare) !== 0) return bare;
  return bare.replace(/:\d{1,5}$/, '');
}

/** Severities of what customers hardly notice, as monitoring systems call them (those of Zabbix, syslog and Opsgenie among them). */
const minor = ['warning', 'warn', 'minor', 'average', 'moderate', 'medium', 'low', 'p3', 'p4'];
/** Severities of what is no disturbance. */
const slight = ['info', 'informational', 'information', 'notice', 'none', 'debug', 'not classified', 'p5'];

function severityOf({ labels }: Pick<Alert, 'labels'>): string {
  return (labels.severity ?? labels.priority ?? '').trim().toLowerCase();
}

/** How much is felt: what the source says, else by its severity. */
function impactOf(alert: Pick<Alert, 'impact' | 'labels'>): Impact {
  if (alert.impact !== undefined) return alert.impact;
  return [...minor, ...slight].includes(severityOf(alert)) ? 'degraded' : 'outage';
}

function once(objects: readonly NoticeObject[]): NoticeObject[] {
  const seen = new Map<string, NoticeObject>();
  for (const one of objects) if (!seen.has(objectKey(one))) seen.set(objectKey(one), one);
  return [...seen.values()];
}

/** What makes two objects the same. */
export function objectKey({ type, value }: Pick<NoticeObject, 'type' | 'value'>): string {
  return `${type} ${value.toLowerCase()}`;
}

/**
 * What an alert is about. `asks`: nothing of it goes out without staff, because its severity is that of no disturbance, or because only labels say what it
 * is about and none of them names a single thing, so that its reach is a guess.
 */
export interface About {
  readonly objects: readonly NoticeObject[];
  readonly asks: boolean;
}

/** Types of what is a single thing of somebody. */
const narrow: readonly ObjectType[] = ['service', 'order', 'network', 'account'];

/**
 * Of what an alert names, that which somebody has: all that is said by name; of what labels say, what the fewest services are in. An alert of a
 * host that also says where it stands is about the host. A rack is a place, as a location is.
 *
 * @param services how many services an object is in, by its key; absent: none
 */
export function aboutOf({ sure, likely, isSlight }: Named, services: ReadonlyMap<string, number>): About {
  const held = (objects: readonly NoticeObject[]): NoticeObject[] =>
    objects.filter(one => (services.get(objectKey(one)) ?? 0) > 0);
  const said = held(sure);
  if (said.length > 0) return { objects: said, asks: isSlight };
  const found = held(likely);
  const least = Math.min(...found.map(one => services.get(objectKey(one)) ?? 0));
  const objects = found.filter(one => services.get(objectKey(one)) === least);
  const single = objects.filter(isSingle);
  if (single.length > 0) return { objects: single, asks: isSlight };
  // A rack that holds all of a location is the narrower name for it.
  const racks = objects.some(({ type }) => type === 'rack');
  const narrowest = racks ? objects.filter(({ type }) => type !== 'location') : objects;
  return { objects: narrowest, asks: isSlight || objects.length > 0 };
}

function isSingle({ type }: NoticeObject): boolean {
  return narrow.includes(type);
}

/** Most objects of one notice (`notice/schema.ts`). */
const MOST = 100;

/** All objects of several alerts, each once with the most that is felt; the widest are kept where there are too many. */
export function union(lists: readonly (readonly NoticeObject[])[]): NoticeObject[] {
  const by = new Map<string, NoticeObject>();
  for (const one of lists.flat()) {
    const before = by.get(objectKey(one));
    if (before === undefined || isFeltMore(one.impact, before.impact)) by.set(objectKey(one), one);
  }
  const all = [...by.values()];
  return [...all.filter(one => !isSingle(one)), ...all.filter(isSingle)].slice(0, MOST);
}

/** Whether a list is about something that another is not, or that is felt more. */
export function isMore(objects: readonly NoticeObject[], before: readonly NoticeObject[]): boolean {
  const by = new Map(before.map(one => [objectKey(one), one]));
  return objects.some(one => {
    const was = by.get(objectKey(one));
    return was === undefined || isFeltMore(one.impact, was.impact);
  });
}

/** Whether two lists are about the same, felt the same. */
export function isSameObjects(one: readonly NoticeObject[], other: readonly NoticeObject[]): boolean {
  const keys = (list: readonly NoticeObject[]): string =>
    list
      .map(object => `${objectKey(object)} ${object.impact}`)
      .toSorted()
      .join('\n');
  return keys(one) === keys(other);
}
