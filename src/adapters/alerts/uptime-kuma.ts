import { z } from 'zod';
import { anything, firstOf, labelsOf, momentIn, type ReadAlerts, reading, short } from './reading.ts';

/**
 * The webhook of Uptime Kuma with the preset `application/json` (https://github.com/louislam/uptime-kuma/blob/master/server/notification-providers/webhook.js):
 * a monitor with its newest heartbeat, both null for a test. Of a heartbeat, status 0 is down, 1 up, 2 pending, 3 maintenance
 * (server/model/heartbeat.js); `time` is UTC without saying so.
 */
const shape = z.object({
  heartbeat: z.object({ status: z.number().int().min(0).max(3), time: anything, msg: anything }).nullable(),
  monitor: z
    .object({
      id: z.union([z.number(), z.string().min(1)]),
      name: anything,
      hostname: anything,
      url: anything,
      tags: z.array(z.object({ name: anything, value: anything })).catch([]),
    })
    .nullable(),
});

/** Reads what Uptime Kuma sends. Its test is well, and tells of nothing. */
export const readUptimeKuma: ReadAlerts = body =>
  reading(
    body,
    shape,
    'choose the body "Preset - application/json" in Uptime Kuma',
    ({ heartbeat, monitor }) => {
      if (!heartbeat || !monitor || heartbeat.status > 1) return { alerts: [] };
      const at = typeof heartbeat.time === 'string' ? momentIn(utc(heartbeat.time)) : undefined;
      const isDown = heartbeat.status === 0;
      const tags = monitor.tags.map(({ name, value }) => [short(name, 100), value] as const);
      return {
        alerts: [
          {
            fingerprint: `monitor:${short(monitor.id, 100)}`,
            state: isDown ? 'firing' : 'resolved',
            summary: firstOf(monitor.name, monitor.hostname, heartbeat.msg, 'monitor'),
            labels: labelsOf([
              ['monitor', monitor.name],
              ['hostname', monitor.hostname],
              ['url', monitor.url],
              ...tags,
            ]),
            ...(at && (isDown ? { beganAt: at } : { endedAt: at })),
          },
        ],
      };
    },
  );

function utc(time: string): string {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?$/.test(time) ? `${time.replace(' ', 'T')}Z` : time;
}
