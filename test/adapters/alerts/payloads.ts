/** Bodies as each source documents them, written for the tests: the names of the fields are theirs, what stands in them is ours. */

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const alertmanager = (status: 'firing' | 'resolved', more: Record<string, unknown> = {}) => ({
  version: '4',
  groupKey: '{}:{alertname="SiteUnreachable"}',
  truncatedAlerts: 0,
  status,
  receiver: 'switchdesk',
  groupLabels: { alertname: 'SiteUnreachable' },
  commonLabels: { alertname: 'SiteUnreachable', datacenter: 'WAW1', severity: 'critical' },
  commonAnnotations: { summary: 'No answer from WAW1' },
  externalURL: 'http://alertmanager.mgmt.internal:9093',
  alerts: [
    {
      status,
      labels: { alertname: 'SiteUnreachable', datacenter: 'WAW1', severity: 'critical' },
      annotations: { summary: 'No answer from WAW1', description: 'core-sw-3 is silent' },
      startsAt: '2026-11-29T12:00:03.157Z',
      endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-11-29T12:09:03.157Z',
      generatorURL: 'http://prometheus.mgmt.internal:9090/graph?g0.expr=up',
      fingerprint: '1a30ba71cca2921f',
    },
  ],
  ...more,
});

/** https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/ */
export const grafana = {
  receiver: 'Switchdesk',
  status: 'firing',
  orgId: 1,
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'High latency', grafana_folder: 'Network', site: 'KRK1' },
      annotations: {},
      startsAt: '2026-11-29T13:00:00.000000001+01:00',
      endsAt: '0001-01-01T00:00:00Z',
      values: { A: 44.2, B: null },
      valueString: "[ var='A' labels={} value=44.2 ]",
      generatorURL: '?orgId=1',
      fingerprint: 'fac0861a85de433a',
      silenceURL: 'https://grafana.example/alerting/silence/new',
      dashboardURL: '',
      panelURL: '',
    },
  ],
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'https://grafana.example/',
  version: '1',
  groupKey: '{}:{alertname="High latency"}',
  truncatedAlerts: 3,
  title: '[FIRING:1] High latency',
  state: 'alerting',
  message: '**Firing**',
};

/** https://github.com/louislam/uptime-kuma/blob/master/server/notification-providers/webhook.js, server/model/{heartbeat,monitor}.js */
export const uptimeKuma = (status: number) => ({
  heartbeat: {
    monitorID: 7,
    status,
    time: '2026-11-29 12:00:03.157',
    msg: 'timeout of 48000ms exceeded',
    ping: null,
    important: true,
    duration: 60,
    timezone: 'Europe/Warsaw',
    timezoneOffset: '+01:00',
    localDateTime: '2026-11-29 13:00:03',
  },
  monitor: {
    id: 7,
    name: 'Shop of ben',
    url: 'https://203.0.113.7/health',
    hostname: null,
    port: null,
    type: 'http',
    tags: [{ tag_id: 2, monitor_id: 7, value: 'WAW1', name: 'location', color: '#059669' }],
  },
  msg: '[Shop of ben] [Down] timeout of 48000ms exceeded',
});

/** The media type of docs/alerts.md. */
export const zabbix = (value: '0' | '1') => ({
  event_id: '4711',
  event_value: value,
  event_name: 'Unavailable by ICMP ping',
  event_severity: 'High',
  event_timestamp: '1795953603',
  recovery_timestamp: value === '1' ? '{EVENT.RECOVERY.TIMESTAMP}' : '1795954143',
  host_name: 'node7.waw1',
  host_ip: '203.0.113.7',
  event_tags: '[{"tag":"location","value":"WAW1"},{"tag":"scope","value":"availability"}]',
});

/** https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/ */
export const statuspageComponent = (status: string) => ({
  meta: {
    unsubscribe: 'https://status.carrier.example/?unsubscribe=abc',
    documentation: 'https://doers.statuspage.io/customer-notifications/webhooks/',
    generated_at: '2026-11-29T12:00:09.498Z',
  },
  page: { id: 'jb7j80lkgqvb', status_indicator: 'major', status_description: 'Partial System Outage' },
  component: {
    status,
    name: 'Warsaw transit',
    created_at: '2024-12-26T07:57:28.743Z',
    updated_at: '2026-11-29T12:00:09.371Z',
    position: 3,
    description: null,
    showcase: true,
    id: 'sqm6pl84wzjc',
    page_id: 'jb7j80lkgqvb',
    group_id: null,
  },
  component_update: {
    old_status: 'operational',
    new_status: status,
    created_at: '2026-11-29T12:00:09.379Z',
    component_type: 'Component',
    id: 'nd963wv4j30b',
    component_id: 'sqm6pl84wzjc',
  },
});

/** The same page's incident. */
export const statuspageIncident = (status: string) => ({
  meta: { unsubscribe: 'https://status.carrier.example/?unsubscribe=abc' },
  page: { id: 'jb7j80lkgqvb', status_indicator: 'critical', status_description: 'Major System Outage' },
  incident: {
    id: 'lbkhbwn21v5q',
    name: 'Fibre cut near Warsaw',
    status,
    impact: 'critical',
    created_at: '2026-11-29T13:00:00.000+01:00',
    updated_at: '2026-11-29T13:09:00.000+01:00',
    monitoring_at: null,
    resolved_at: status === 'resolved' ? '2026-11-29T13:09:00.000+01:00' : null,
    shortlink: 'https://stspg.io/abc',
    scheduled_for: null,
    scheduled_until: null,
    components: [{ id: 'sqm6pl84wzjc', name: 'Warsaw transit', status: 'major_outage' }],
    incident_updates: [
      {
        id: 'drfcwbnpxnr6',
        status,
        body: 'We are looking into it.',
        affected_components: [
          {
            code: 'sqm6pl84wzjc',
            name: 'Warsaw transit',
            old_status: 'operational',
            new_status: 'major_outage',
          },
          { code: 'x1', name: 'Kraków transit', old_status: 'operational', new_status: 'major_outage' },
        ],
      },
      { id: 'd2', status: 'investigating', body: '', affected_components: null },
    ],
  },
});
