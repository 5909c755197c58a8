import { alertBreaks } from './alert-breaks.ts';
import { ladderBreaks } from './ladder-breaks.ts';
import { letterBreaks } from './letter-breaks.ts';
import type { Break } from './model.ts';
import { noticeBreaks } from './notice-breaks.ts';
import { partBreaks } from './part-breaks.ts';
import { poisonBreaks } from './poison-breaks.ts';
import { proofBreaks } from './proof-breaks.ts';
import { reportBreaks } from './report-breaks.ts';
import { timerBreaks } from './timer-breaks.ts';
import { webBreaks } from './web-breaks.ts';

export type { Break, Edit } from './model.ts';

const accept = 'src/core/conversation/accept.ts';
const inbox = 'src/core/conversation/inbox.ts';
const outbox = 'src/core/outbox';
const claim = `${outbox}/claim.ts`;
const settle = `${outbox}/settle.ts`;
const free = '      AND (l.leased_until IS NULL OR l.leased_until <= now_is)\n';
const stillFree = ' and (lane.leased_until is null or lane.leased_until <= §{now})';
const fenced = ' and fence = §{claimed.fence} and leased_until is not null';

/** The breaks, by guarantee. */
export const breaks: readonly Break[] = [
  {
    guarantee: 1,
    what: 'a stored event that comes again is worked again',
    edits: [
      [
        accept,
        '§{saidAt(ctx, channel, inbound)})\n      on conflict do nothing',
        "§{saidAt(ctx, channel, inbound)})\n      on conflict (channel, event_id) do update set state = 'stored', payload = excluded.payload",
      ],
    ],
    test: 'test/core/once.test.ts',
  },
  {
    guarantee: 1,
    what: 'a form that comes again opens another ticket',
    edits: [
      [
        'src/core/ticket/file.ts',
        'on conflict do nothing returning channel, event_id',
        "on conflict (channel, event_id) do update set state = 'done' returning channel, event_id",
      ],
    ],
    test: 'test/core/once.test.ts',
  },
  {
    guarantee: 1,
    what: 'a stored event is done before its effect is',
    edits: [
      [
        'src/core/conversation/places.ts',
        'await act.tx<LockedPlace[]>`',
        'await act.database.sql<LockedPlace[]>`',
      ],
    ],
    test: 'test/core/exactly.test.ts',
  },
  {
    guarantee: 1,
    what: 'what was asked of a dying connection is answered with nothing, as what came before is',
    edits: [['drizzle/vigil.ts', 'if (isAnswer(answer)) resolve', 'if (true) resolve']],
    test: 'test/drizzle/silence.test.ts',
  },
  {
    guarantee: 2,
    what: 'a reply is written down without its delivery',
    edits: [
      ['src/core/reactions.ts', '    passToCustomer,\n    passToOtherDesks,\n', '    passToOtherDesks,\n'],
    ],
    test: 'test/core/exactly.test.ts',
  },
  {
    guarantee: 2,
    what: 'deliveries are put in outside of the transaction',
    edits: [
      [
        `${outbox}/enqueue.ts`,
        'await act.tx<{ channel: string }[]>`',
        'await act.database.sql<{ channel: string }[]>`',
      ],
      [
        `${outbox}/enqueue.ts`,
        '  await act.tx`select from lane where place_id = §{placeId} for update`;\n',
        '',
      ],
    ],
    test: 'test/core/exactly.test.ts',
  },
  {
    guarantee: 2,
    what: 'a change does not wait for a card that is being taken up',
    edits: [
      [
        `${outbox}/enqueue.ts`,
        "and state = 'pending' limit 1`",
        "and state in ('pending', 'sending') limit 1`",
      ],
    ],
    test: 'test/core/outbox/races.test.ts',
  },
  {
    guarantee: 3,
    what: 'a message in doubt is taken for the head of the post that was made for it',
    edits: [
      [
        'src/core/outbox/attempt.ts',
        '\n    union all select head_ref from here where head_ref is not null',
        '',
      ],
    ],
    test: 'test/core/outbox/post-in-doubt.test.ts',
  },
  {
    guarantee: 3,
    what: 'deliveries are claimed one by one, not lane by lane (plain SKIP LOCKED)',
    edits: [
      ['drizzle/migrations/0023_due_lanes.sql', free, ''],
      [claim, stillFree, ''],
      [
        claim,
        "d.state in ('pending', 'sending', 'retry') order by",
        "d.state in ('pending', 'retry') order by",
      ],
      [settle, fenced, ''],
    ],
    test: 'test/core/outbox/order.test.ts',
  },
  {
    guarantee: 3,
    what: 'a message that waits for its next try is overtaken',
    edits: [
      [
        claim,
        "('pending', 'sending', 'retry') order by d.seq",
        "('pending', 'sending', 'retry') order by d.state = 'retry', d.seq",
      ],
    ],
    test: 'test/core/outbox/lanes.test.ts',
  },
  {
    guarantee: 3,
    what: 'a lane is leased without being locked, and whoever else held it meanwhile is not looked for',
    edits: [
      [claim, ' for update of lane skip locked', ''],
      [
        claim,
        ' and lane.fence = seen.fence and lane.leased_until is not distinct from seen.leased_until',
        '',
      ],
    ],
    test: 'test/core/outbox/races.test.ts',
  },
  {
    guarantee: 3,
    what: 'staff are not told of a gap',
    edits: [[`${outbox}/tell.ts`, "if (mark === 'failed')\n", "if (mark === 'sent')\n"]],
    test: 'test/core/outbox/order.test.ts',
  },
  {
    guarantee: 3,
    what: 'what is said after a gap does not wait for what was said in it',
    edits: [
      [inbox, ' || holds.isHeld(stored.channel, placeId)', ''],
      ['src/core/desk.ts', ' && !holds.isHeld(kind, workAt)', ''],
    ],
    test: 'test/core/conversation/missed.test.ts',
  },
  {
    guarantee: 3,
    what: 'what was missed is worked when it comes, not when it was said',
    edits: [
      [
        inbox,
        'order by r.said_at nulls first, length(within.ref), within.ref collate "C", r.id',
        'order by r.id',
      ],
    ],
    test: 'test/core/conversation/missed.test.ts',
  },
  {
    guarantee: 3,
    what: 'a place that was made by an attempt whose end nobody saw is not looked through',
    edits: [[`${outbox}/relay.ts`, 'ctx.found(one.channel, one.placeId, made.promise);', '{}']],
    test: 'test/core/conversation/missed.test.ts',
  },
  {
    guarantee: 3,
    what: 'a place that could not be looked through is left out',
    edits: [['src/core/conversation/look-back.ts', 'failed.push(place);', '']],
    test: 'test/core/conversation/missed.test.ts',
  },
  {
    guarantee: 5,
    what: 'whoever held a lane once may settle it',
    edits: [[settle, ' and fence = §{claimed.fence}', '']],
    test: 'test/core/outbox/fence.test.ts',
  },
  {
    guarantee: 5,
    what: 'the next holder does not know that there was one before',
    edits: [[claim, "doubt = d.doubt or head.was = 'sending'", 'doubt = d.doubt']],
    test: 'test/core/outbox/fence.test.ts',
  },
  {
    guarantee: 6,
    what: 'of two edits the one that comes last counts',
    edits: [
      ['src/core/ticket/edit.ts', 'change.version > message.version;', 'change.version !== message.version;'],
    ],
    test: 'test/core/follow/converge.test.ts',
  },
  {
    guarantee: 6,
    what: 'a deletion that comes before its message is forgotten',
    edits: [['src/core/conversation/perform.ts', '  if (known?.deleted) return undefined;\n', '']],
    test: 'test/core/follow/converge.test.ts',
  },
  {
    guarantee: 6,
    what: 'a message that may be on the platform is taken back only where it waits',
    edits: [[`${outbox}/converge.ts`, " || (state === 'retry' && doubt)", '']],
    test: 'test/core/follow/converge.test.ts',
  },
  {
    guarantee: 6,
    what: 'a reply that became a note stays with the customer',
    edits: [['src/core/ticket/show-anew.ts', " && !(role === 'customer' && isNote(changed))", '']],
    test: 'test/core/follow/changes.test.ts',
  },
  {
    guarantee: 6,
    what: 'a reaction is forgotten by a copy that was not sent yet',
    edits: [
      [
        `${outbox}/echo.ts`,
        "kind = 'post' and state not in ('cancelled', 'dead')",
        "kind = 'post' and ref is not null",
      ],
    ],
    test: 'test/core/follow/changes.test.ts',
  },
  {
    guarantee: 7,
    what: 'the desk hears bots in Discord, itself among them',
    edits: [['src/adapters/discord/said.ts', 'message.author.bot || ', '']],
    test: 'test/adapters/discord/customers.test.ts',
  },
  {
    guarantee: 7,
    what: 'the desk hears bots in Slack',
    edits: [['src/adapters/slack/messages.ts', 'Boolean(bot) || own ||', '']],
    test: 'test/adapters/slack/receive.test.ts',
  },
  {
    guarantee: 8,
    what: 'a note is taken for a reply',
    edits: [
      ['src/core/ticket/note.ts', 'return BEGINNING.test(text) ?', 'return text === BEGINNING.source ?'],
    ],
    test: 'test/core/outbox/notes.test.ts',
  },
  {
    guarantee: 8,
    what: 'the database takes a note on its way to a customer',
    edits: [
      [
        'drizzle/migrations/0001_begin.sql',
        "CHECK (place_role = 'desk' OR message_kind IS DISTINCT FROM 'note')",
        'CHECK (true)',
      ],
    ],
    test: 'test/core/outbox/notes.test.ts',
  },
  {
    guarantee: 8,
    what: 'the types take a note for a customer',
    edits: [
      [`${outbox}/model.ts`, 'readonly message?: CustomerMessage })', 'readonly message?: DeskMessage })'],
    ],
    test: 'tsc',
  },
  {
    guarantee: 8,
    what: 'a customer who asks for a ticket is shown its notes',
    edits: [
      ['src/core/ticket/show.ts', "kind in ('request', 'reply')", "kind in ('request', 'reply', 'note')"],
    ],
    test: 'test/core/outbox/notes.test.ts',
  },
  {
    guarantee: 8,
    what: 'a reply carries the name of who wrote it',
    edits: [
      [
        'src/core/ticket/follow.ts',
        'const content = { text: event.said.text, author: publicName(act) };',
        "const content = { text: event.said.text, by: act.actor.type === 'staff' ? act.actor.handle.name : '' };",
      ],
    ],
    test: 'test/core/outbox/notes.test.ts',
  },
  {
    guarantee: 8,
    what: 'a ticket of somebody else is opened to whoever names it',
    edits: [
      [
        'src/core/ticket/fetch.ts',
        'if (row.handleId !== owner.id && !maySee(await viewerOf(act, owner), row))',
        'if (row.handleId === 0)',
      ],
    ],
    test: 'test/core/ticket/others.test.ts',
  },
  {
    guarantee: 8,
    what: 'the files of a note go to the customer',
    edits: [
      [
        'src/core/ticket/follow-files.ts',
        "if (kind !== 'reply') return;\n  const at",
        "if (kind === 'request') return;\n  const at",
      ],
    ],
    test: 'test/core/file/passing.test.ts',
  },
  {
    guarantee: 8,
    what: 'a reply that became a note is copied to the contact’s own place',
    edits: [['src/core/preference/dispatch.ts', ' and deleted_at is null and not noted', '']],
    test: 'test/core/preference/copies.test.ts',
  },
  {
    guarantee: 8,
    what: 'the database takes a copy of a note',
    edits: [
      [
        'drizzle/migrations/0011_preference.sql',
        "CHECK (message_kind IS NULL OR message_kind IN ('request', 'reply'))",
        'CHECK (true)',
      ],
    ],
    test: 'test/core/preference/copies.test.ts',
  },
  {
    guarantee: 8,
    what: 'the database takes files without their message',
    edits: [
      [
        'drizzle/migrations/0004_files.sql',
        "CHECK (NOT (content ? 'files') OR message_id IS NOT NULL)",
        'CHECK (true)',
      ],
    ],
    test: 'test/core/file/passing.test.ts',
  },
  {
    guarantee: 8,
    what: 'a customer’s link to a file still opens when its message became a note',
    edits: [['src/core/file/link.ts', "(m.kind <> 'note' and not m.noted)", 'true']],
    test: 'test/core/file/passing.test.ts',
  },
  {
    guarantee: 11,
    what: 'after a restart a message that may have been sent holds up its place',
    edits: [['src/adapters/discord/find.ts', ' && !others.includes(one.id)', '']],
    test: 'test/adapters/discord/receipts.test.ts',
  },
  {
    guarantee: 11,
    what: 'a message that can never be sent keeps its lane',
    edits: [
      [
        `${outbox}/rules/decide.ts`,
        "lost: false, state: 'dead', why: code, gone };",
        "lost: false, state: 'retry', why: code, gone };",
      ],
    ],
    test: 'test/core/outbox/lanes.test.ts',
  },
  ...poisonBreaks,
  ...proofBreaks,
  ...timerBreaks,
  ...ladderBreaks,
  ...reportBreaks,
  ...noticeBreaks,
  ...alertBreaks,
  ...partBreaks,
  ...webBreaks,
  ...letterBreaks,
];
