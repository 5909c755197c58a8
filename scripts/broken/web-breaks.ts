import { clientBreaks } from './client-breaks.ts';
import type { Break } from './model.ts';

const web = 'src/adapters/webchat';
const abuse = 'test/adapters/webchat/abuse.test.ts';
const chat = 'test/core/chat.test.ts';

/** Breaks of what customers use in a browser: their own page, and the chat on the website. */
export const webBreaks: readonly Break[] = [
  ...clientBreaks,
  {
    guarantee: 1,
    what: 'words of a bubble that come again are another event',
    edits: [[`${web}/receive.ts`, ':say:§{deed.key}', ':say:§{Math.random()}']],
    test: abuse,
  },
  {
    guarantee: 7,
    what: 'what is said in a bubble is said back in it',
    edits: [['src/core/chat/away.ts', " || wayOf(author.channel) !== 'mail'", '']],
    test: chat,
  },
  {
    guarantee: 8,
    what: 'a customer reads the name of who answers although it is not public',
    edits: [['src/core/ticket/announce.ts', '=== externalId)?.public', '=== externalId)?.name']],
    test: chat,
  },
  {
    guarantee: 8,
    what: 'a visitor makes a ticket of the chat of somebody else',
    edits: [
      [
        'src/core/conversation/press-chat.ts',
        'await makeTicket(act, await lockOwnTicket(act, owner, readNumber(number)));',
        'await act.tx`update ticket set way = §{owner.id > 0 ? "ticket" : "chat"} where id = §{Number(number)}`;\n      if (number === "") await makeTicket(act, await lockOwnTicket(act, owner, readNumber(number)));',
      ],
    ],
    test: chat,
  },
  {
    guarantee: 8,
    what: 'a file goes with the words of whoever names it',
    edits: [['src/storage/uploads.ts', ' || !id.startsWith(`§{markOf(owner)}.`)', ' || owner === ""']],
    test: abuse,
  },
  {
    guarantee: 8,
    what: 'a page of any site may show the chat',
    edits: [
      [`${web}/front.ts`, 'if (!config.origins.includes(origin)) return', 'if (origin === "-") return'],
    ],
    test: abuse,
  },
  {
    guarantee: 8,
    what: 'a token without an end lets a customer in',
    edits: [[`${web}/verify.ts`, "requiredClaims: ['exp', 'sub', 'iat']", "requiredClaims: ['sub', 'iat']"]],
    test: 'test/adapters/webchat/tokens.test.ts',
  },
];
