import type { HookKind } from '../../core/index.ts';
import { readAlertmanager } from './alertmanager.ts';
import { readGeneric } from './generic.ts';
import type { ReadAlerts } from './reading.ts';
import { readStatuspage } from './statuspage.ts';
import { readUptimeKuma } from './uptime-kuma.ts';
import { readZabbix } from './zabbix.ts';

const parsers: Readonly<Record<HookKind, ReadAlerts>> = {
  alertmanager: readAlertmanager,
  grafana: readAlertmanager,
  'uptime-kuma': readUptimeKuma,
  zabbix: readZabbix,
  statuspage: readStatuspage,
  generic: readGeneric,
};

/** How a kind of source writes alerts. */
export function parserOf(kind: HookKind): ReadAlerts {
  return parsers[kind];
}
