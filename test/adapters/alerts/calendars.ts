/** A calendar as https://github.com/jda/maintnote-std/blob/master/standard.md describes it; what stands in it is ours. */
export function maintnote(
  more: {
    readonly sequence?: number;
    readonly status?: string;
    readonly from?: string;
    readonly to?: string;
    readonly uid?: string;
    readonly stamp?: string;
    readonly lines?: readonly string[];
  } = {},
): string {
  const { sequence = 1, status = 'TENTATIVE', from = '20261206T010000Z', to = '20261206T030000Z' } = more;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Carrier//Maint Note//EN',
    'BEGIN:VEVENT',
    'SUMMARY:Core router upgrade <@everyone>',
    `DTSTART:${from}`,
    `DTEND:${to}`,
    `DTSTAMP:${more.stamp ?? '20261129T120000Z'}`,
    `UID:${more.uid ?? '42@carrier.example'}`,
    `SEQUENCE:${sequence}`,
    'ORGANIZER;CN="Carrier NOC":mailto:noc@carrier.example',
    'X-MAINTNOTE-PROVIDER:carrier.example',
    'X-MAINTNOTE-ACCOUNT:137.035999173',
    'X-MAINTNOTE-MAINTENANCE-ID;X-MAINTNOTE-PRECEDENCE=PRIMARY:WorkOrder-31415',
    ...(more.lines ?? [
      'X-MAINTNOTE-OBJECT-ID:circuit-7',
      'X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=NO-IMPACT:circuit-8',
      'X-MAINTNOTE-IMPACT:REDUCED-REDUNDANCY',
    ]),
    `X-MAINTNOTE-STATUS:${status}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
