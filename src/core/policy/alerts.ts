import { z } from 'zod';
import { duration, id } from './parts.ts';

/** What may tell: each has a way of its own to write them. */
const alertKinds = [
  'alertmanager',
  'grafana',
  'uptime-kuma',
  'zabbix',
  'statuspage',
  'generic',
  'mail',
] as const;
/** What the value of a label is: `host` is an address, else the ref of a service; `ignore` takes a label off the usual ones. */
const meanings = ['location', 'rack', 'network', 'product', 'order', 'service', 'host', 'ignore'] as const;
/** What the value of a label is. */
export type LabelMeaning = (typeof meanings)[number];

const label = z.string().min(1).max(100);
/** An address, or all of a domain as `@example.com`. */
const writer = z
  .string()
  .regex(
    /^[^\s@]{0,64}@[^\s@]{1,189}$/,
    'an address such as noc@example.com, or @example.com for all of theirs',
  )
  .toLowerCase();

/** The section `alerts` of the policy: who may tell that something is broken, and what the desk makes of it. */
export const alertsSchema = z
  .array(
    z.strictObject({
      /** Names its secret, too: ALERT_SECRET_ and this in capitals. */
      name: id,
      kind: z.enum(alertKinds),
      /** Of `mail` alone: whose mail, vouched for, brings planned work. */
      from: z.array(writer).max(50).default([]),
      labels: z
        .record(
          label,
          z.enum(
            meanings,
            'a label names a location, rack, network, product, order, service or host, or ignore',
          ),
        )
        .default({}),
      /** The value of any label → what it is about, as `/notice` writes it. */
      values: z.record(label, z.string().min(1).max(1_000)).default({}),
      /** Alerts this close together are one outage, in seconds. */
      window: duration.prefault('5m'),
      /** A draft of which nothing fires any more is closed after this, in seconds. */
      close_after: duration.prefault('30m'),
      publish: z.enum(['ask', 'auto'], 'ask (staff press the button) or auto').default('ask'),
      /** With `auto`: once it has fired for so long, in seconds. */
      publish_after: duration.prefault('2m'),
    }),
  )
  .max(20)
  .default([]);

/** A source that has a secret, and sends its alerts over HTTP. */
export type HookKind = Exclude<(typeof alertKinds)[number], 'mail'>;

/** A source of alerts. Durations are in seconds. */
export type AlertSource = z.output<typeof alertsSchema>[number];
