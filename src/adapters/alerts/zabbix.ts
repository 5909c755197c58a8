import { z } from 'zod';
import { anything, firstOf, jsonIn, labelsOf, type ReadAlerts, reading } from './reading.ts';

/**
 * Zabbix has no body of its own: the script of the media type makes it (docs/alerts.md has one). These are the names that the media types of
 * Zabbix itself give to its macros (https://git.zabbix.com/projects/ZBX/repos/zabbix/browse/templates/media). `{EVENT.ID}` of a recovery is
 * that of the problem, and `{EVENT.VALUE}` is 1 for a problem and 0 for its recovery
 * (https://www.zabbix.com/documentation/current/en/manual/appendix/macros/supported_by_location). A macro that could not be resolved comes as it is
 * written, or as `*UNKNOWN*`.
 */
const word = z.union([z.string(), z.number()]).optional().catch(undefined);
const shape = z.object({
  event_id: z
    .union([z.string(), z.number()], 'the macro {EVENT.ID}')
    .refine(id => /^\d{1,20}$/.test(String(id)), 'the macro {EVENT.ID}'),
  event_value: z.union([z.enum(['0', '1']), z.literal(0), z.literal(1)], 'the macro {EVENT.VALUE}: 1 or 0'),
  event_name: word,
  event_severity: word,
  /** `{EVENT.TIMESTAMP}` and `{EVENT.RECOVERY.TIMESTAMP}`, in seconds. */
  event_timestamp: word,
  recovery_timestamp: word,
  host_name: word,
  host_ip: word,
  /** `{EVENT.TAGSJSON}`: a list of names and values. */
  event_tags: anything,
});

/** Reads what the media type sends. */
export const readZabbix: ReadAlerts = body =>
  reading(body, shape, 'use the media type of docs/alerts.md', given => {
    const isProblem = String(given.event_value) === '1';
    const [beganAt, endedAt] = [secondsIn(given.event_timestamp), secondsIn(given.recovery_timestamp)];
    return {
      alerts: [
        {
          fingerprint: `event:${given.event_id}`,
          state: isProblem ? 'firing' : 'resolved',
          summary: firstOf(known(given.event_name), known(given.host_name), 'problem'),
          labels: labelsOf([
            ['host', known(given.host_name)],
            ['host_ip', known(given.host_ip)],
            ['severity', known(given.event_severity)],
            ...tagsIn(given.event_tags),
          ]),
          ...(beganAt && { beganAt }),
          ...(!isProblem && endedAt && { endedAt }),
        },
      ],
    };
  });

function known(value: unknown): unknown {
  return typeof value === 'string' && /\{\$?[A-Z][A-Z0-9_.]*\}|^\*UNKNOWN\*$/.test(value) ? undefined : value;
}

function secondsIn(value: unknown): Date | undefined {
  const seconds = Number(known(value));
  return Number.isInteger(seconds) && seconds > 946_684_800 && seconds < 4_102_444_800
    ? new Date(seconds * 1_000)
    : undefined;
}

const tags = z.array(z.object({ tag: z.string(), value: anything })).catch([]);

function tagsIn(value: unknown): (readonly [string, unknown])[] {
  const list = typeof value === 'string' ? jsonIn(value) : value;
  return tags.parse(list).map(one => [one.tag, one.value]);
}
