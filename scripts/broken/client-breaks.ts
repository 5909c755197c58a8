import type { Break } from './model.ts';

const tickets = 'src/core/client/tickets.ts';
const links = 'src/core/session/links.ts';
const ticketsTest = 'test/http/me-tickets.test.ts';
const signInTest = 'test/http/me-sign-in.test.ts';

/** Breaks of the page of one's own. */
export const clientBreaks: readonly Break[] = [
  {
    guarantee: 8,
    what: 'a page shows a ticket to whoever names it',
    edits: [
      [
        tickets,
        'from ticket t where t.id = §{id} and §{visibleTo(act.tx, viewer)}`',
        'from ticket t where t.id = §{id}`',
      ],
    ],
    test: ticketsTest,
  },
  {
    guarantee: 8,
    what: 'a page shows the notes of a ticket',
    edits: [
      [
        tickets,
        "and m.kind in ('request', 'reply') and m.deleted_at is null and not m.noted\n    order by",
        'and m.deleted_at is null\n    order by',
      ],
    ],
    test: ticketsTest,
  },
  {
    guarantee: 8,
    what: 'a file is given to whoever knows its number',
    edits: [
      [tickets, 'and m.deleted_at is null and §{visibleTo(act.tx, viewer)}`', 'and m.deleted_at is null`'],
    ],
    test: ticketsTest,
  },
  {
    guarantee: 9,
    what: 'a link signs in as often as it is pressed',
    edits: [
      [
        links,
        'and s.used_at is null and s.expires_at > §{at}\n      and (s.browser',
        'and s.expires_at > §{at}\n      and (s.browser',
      ],
    ],
    test: signInTest,
  },
  {
    guarantee: 9,
    what: 'a link signs in after its time',
    edits: [
      [
        links,
        'and s.used_at is null and s.expires_at > §{at}\n      and (s.browser',
        'and s.used_at is null\n      and (s.browser',
      ],
    ],
    test: signInTest,
  },
  {
    guarantee: 9,
    what: 'a link signs in in any browser',
    edits: [
      [
        links,
        "\n      and (s.browser is null or s.browser = §{hashOf('browser', browser) ?? null}::bytea) is true\n      and c.id",
        '\n      and c.id',
      ],
    ],
    test: signInTest,
  },
  {
    guarantee: 9,
    what: 'a session borrows the proof of another',
    edits: [
      [
        'src/core/client/act.ts',
        'set proved_at = §{provedAt} where',
        'set proved_at = greatest(proved_at, §{provedAt}) where',
      ],
    ],
    test: 'test/http/me-settings.test.ts',
  },
  {
    guarantee: 9,
    what: 'a sign-in at the provider of long ago is a fresh proof',
    edits: [
      ['src/sign-in/open-id.ts', '        max_age: String(FRESH_S),\n', ''],
      [
        'src/sign-in/open-id.ts',
        'signedAt === undefined ? undefined : Math.max(0, now().getTime() - signedAt * 1000)',
        'signedAt === undefined ? 0 : 0',
      ],
    ],
    test: 'test/http/me-open-id.test.ts',
  },
  {
    guarantee: 9,
    what: 'a token of the client area counts as often as it comes',
    edits: [
      [
        links,
        'on conflict do nothing\n    returning',
        'on conflict (sha256) do update set used_at = excluded.used_at\n    returning',
      ],
    ],
    test: 'test/sign-in/token.test.ts',
  },
  {
    guarantee: 12,
    what: 'what a customer said of how it went stays',
    edits: [
      [
        'src/core/person/erase.ts',
        '  await act.tx`delete from rating where ticket_id = any(§{tickets}) or handle_id = any(§{handles})`;\n',
        '',
      ],
    ],
    test: 'test/core/rating/rating.test.ts',
  },
];
