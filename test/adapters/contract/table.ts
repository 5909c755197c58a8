/**
 * One table: every member of the port, every limit, every event and every answer has its cases. Whoever adds one to the port without a
 * case is told by the compiler; whoever gives it to a channel without one, by the test.
 */
import { expect } from 'vitest';
import type { Answer, Channel, Inbound, Limits } from '../../../src/core/index.ts';
import { close } from './closing.ts';
import * as hearing from './hearing.ts';
import * as letters from './letters.ts';
import { limits } from './limits.ts';
import * as looking from './looking.ts';
import * as missing from './missing.ts';
import type { Ability, Case, Kind } from './model.ts';
import { hanging, receipts } from './receipts.ts';
import * as sending from './sending.ts';
import { replies } from './smtp.ts';

const member: Readonly<Record<keyof Required<Channel>, readonly Case[]>> = {
  kind: [
    {
      name: 'is the word that the database and the policy know it by',
      run: async rig => expect(rig.channel.kind).toBe(rig.kind),
    },
  ],
  limits: [
    {
      name: 'are all named, and no number is nothing',
      async run({ channel }) {
        const { text, measure, bot, place } = channel.limits;
        expect(Object.keys(channel.limits).filter(key => !Object.hasOwn(limits, key))).toEqual([]);
        expect(measure('abc')).toBeGreaterThanOrEqual(3);
        expect(measure('abcabc')).toBeGreaterThan(measure('abc'));
        for (const number of [text, bot.perSecond, bot.burst, place.perSecond, place.burst]) {
          expect(number).toBeGreaterThan(0);
          expect(Number.isFinite(number)).toBe(true);
        }
      },
    },
  ],
  receive: hearing.receive,
  deliver: [...sending.deliver, ...receipts('deliver'), hanging, ...replies],
  listen: missing.listen,
  openChat: looking.openChat,
  openThread: [...sending.openThread, ...receipts('openThread')],
  openPost: [...sending.openPost, ...receipts('openPost')],
  showCard: [...sending.showCard, ...receipts('showCard')],
  react: [...sending.react, ...receipts('react')],
  find: looking.find,
  rolesOf: looking.rolesOf,
  linkTo: looking.linkTo,
  startLink: looking.startLink,
  edit: [...sending.edit, ...receipts('edit')],
  remove: [...sending.remove, ...receipts('remove')],
  echo: [...sending.echo, ...receipts('echo')],
  fetchFile: looking.fetchFile,
  hasRead: looking.hasRead,
  showWriting: looking.showWriting,
  showHome: [...sending.showHome, ...receipts('showHome')],
  catchUp: missing.catchUp,
  check: looking.check,
  close,
  receiveFrom: letters.receiveFrom,
  forget: letters.forget,
};

const hears: Readonly<Record<Inbound['type'], readonly Case[]>> = {
  asked: hearing.asked,
  submitted: hearing.submitted,
  said: hearing.said,
  pressed: hearing.pressed,
  edited: hearing.edited,
  deleted: hearing.deleted,
  reacted: hearing.reacted,
  typed: hearing.typed,
  writing: hearing.writing,
  visited: hearing.visited,
  wrote: letters.wrote,
  bounced: letters.bounced,
};

const answers: Readonly<Record<Answer['type'], readonly Case[]>> = {
  nothing: hearing.answersNothing,
  say: hearing.answersSay,
  choices: hearing.answersChoices,
  form: hearing.answersForm,
  faults: hearing.answersFaults,
};

const named = <K extends string>(prefix: string, cases: Readonly<Record<K, readonly Case[]>>) =>
  Object.entries<readonly Case[]>(cases).map(
    ([key, list]) => [`${prefix}${key}`, list] as [Ability, readonly Case[]],
  );

/** All abilities with their cases. */
export const contract: ReadonlyMap<Ability, readonly Case[]> = new Map([
  ...named('', member),
  ...named<keyof Limits>('limits.', limits),
  ...named('hears.', hears),
  ...named('answers.', answers),
]);

const noWay = 'who writes here opens tickets, with the promises of tickets';
const noSubjects = 'messages of a chat have no subject: a ticket’s stands in the title of its place';
const noConnections =
  'it holds no connection but the one it listens on, which ends with listening; calls end by themselves';
const firstWord = 'the desk may say the first word in somebody’s own chat';
const noCrowd = 'nothing of the platform keeps a bot from telling many who are its customers';
const oneCall = 'a ticket’s place takes one request, like any message';
const noStart = 'no address of the platform hands a token to a bot: people type it with the command';
const byHook = 'mail is brought to the desk: it listens to no mailbox';
const letterly =
  'a letter is no message of a place: it is heard as one that somebody wrote, and nothing is answered at once';
/** What chats have not of letters. */
const noLetters = {
  receiveFrom: 'the platform has one door, at which all its requests are signed alike',
  forget: 'the adapter keeps nothing of anybody: files are with the platform until they are fetched',
  'hears.wrote': 'whatever is said here is said in a place',
  'hears.bounced': 'what the platform has taken it has shown: nothing comes back later',
} as const;
const sentIsSent = 'what lies in somebody’s mailbox cannot be changed, taken back or marked';
const noDesk = 'staff do not sit in mail: cards and roles belong to a desk, which a mailbox is not';
const noPlatform = 'staff do not sit on the website: cards and roles belong to a desk, which a bubble is not';
const plainTalk =
  'the bubble is for a quick word: nothing in it is changed, taken back or marked by its person';
const unread = 'the platform does not tell a bot what somebody has read';
const noWriter = 'a bot that seems to write to somebody would be the bot, and not who of the staff does';
const noWriting = 'the platform does not tell a bot who is writing';
const noInbox = 'it is no mail: there is no address that could be read';
const noForms = 'a request is a conversation: Telegram has no forms for bots';

/** What a platform has not, and why. */
export const absent: Readonly<Record<Kind, Readonly<Partial<Record<Ability, string>>>>> = {
  slack: {
    'limits.inbox': noInbox,
    hasRead: unread,
    showWriting: noWriter,
    'hears.writing': noWriting,
    ...noLetters,
    'limits.begins': firstWord,
    'limits.many': noCrowd,
    startLink: noStart,
    close: noConnections,
    'limits.subject': noSubjects,
    'limits.way': noWay,
    'limits.threadCalls': oneCall,
    'limits.opens': 'a thread begins with a message, which the rate of its place bounds',
    'hears.typed': 'slash commands of Slack offer no choices while one types',
    'answers.choices': 'slash commands of Slack offer no choices while one types',
  },
  discord: {
    showWriting: noWriter,
    'limits.inbox': noInbox,
    hasRead: unread,
    ...noLetters,
    'limits.begins': firstWord,
    startLink: noStart,
    close: noConnections,
    'limits.subject': noSubjects,
    'limits.way': noWay,
    showHome: 'Discord gives an app no page of its own',
    'hears.visited': 'Discord gives an app no page of its own',
  },
  telegram: {
    showWriting: noWriter,
    'hears.writing': noWriting,
    'limits.inbox': noInbox,
    hasRead: unread,
    ...noLetters,
    'limits.many': noCrowd,
    close: noConnections,
    'limits.subject': noSubjects,
    'limits.way': noWay,
    find: 'the Bot API knows no key of ours and cannot be asked what was sent: what is unknown is shown to staff',
    catchUp: 'Telegram keeps updates for a day and gives them when the desk is back',
    showHome: 'Telegram gives a bot no page of its own',
    'limits.threadCalls': oneCall,
    'limits.opens': 'topics are calls like others, which the rate of the bot bounds',
    'hears.submitted': noForms,
    'hears.deleted': 'Telegram tells bots nothing of deletions',
    'hears.typed': 'commands of Telegram offer no choices while one types',
    'hears.visited': 'Telegram gives a bot no page of its own',
    'answers.choices': 'commands of Telegram offer no choices while one types',
    'answers.form': noForms,
    'answers.faults': noForms,
  },
  email: {
    showWriting: noWriter,
    'hears.writing': noWriting,
    hasRead: 'a mail that tells when it is read is what the desk does not send',
    listen: byHook,
    catchUp:
      'whoever brings mail keeps it until it is taken: nothing is missed that would have to be looked for',
    startLink: noStart,
    openPost: noDesk,
    showCard: noDesk,
    rolesOf: noDesk,
    react: sentIsSent,
    edit: sentIsSent,
    remove: sentIsSent,
    echo: sentIsSent,
    find: 'SMTP hands mail over and cannot be asked for it again; sent again it is the same mail, by its Message-ID',
    linkTo: 'only its owner can open a mailbox, and no address in the web leads to one mail in it',
    showHome: 'a mailbox has no page that a sender could show',
    'limits.begins': 'a mail may be the first word',
    'limits.many': noCrowd,
    'limits.threadCalls': oneCall,
    'limits.opens': 'a conversation begins with a mail like any other, which the rate of the bot bounds',
    'hears.asked': letterly,
    'hears.submitted': letterly,
    'hears.said': letterly,
    'hears.pressed': letterly,
    'hears.edited': letterly,
    'hears.deleted': letterly,
    'hears.reacted': letterly,
    'hears.typed': letterly,
    'hears.visited': letterly,
    'answers.nothing': letterly,
    'answers.say': letterly,
    'answers.choices': letterly,
    'answers.form': letterly,
    'answers.faults': letterly,
  },
  webchat: {
    ...noLetters,
    'limits.inbox': noInbox,
    forget: 'what browsers have brought is kept by `Uploads`, and erased there by whose it is',
    catchUp: 'rooms are the desk’s own: a bubble keeps what was not taken and brings it again',
    startLink: 'a bubble is opened by the page it is on: customers are told by what the site signs',
    openPost: noPlatform,
    showCard: noPlatform,
    rolesOf: noPlatform,
    react: noPlatform,
    echo: plainTalk,
    linkTo: 'a bubble has no address in the web: it is wherever its person is on the site',
    showHome: 'the bubble is one chat; a customer’s own page is not in it',
    close: noConnections,
    'limits.begins': 'a customer has a room from the first, whoever says the first word',
    'limits.subject': noSubjects,
    'limits.threadCalls': 'there are no requests: a room is a row of the desk’s own database',
    'limits.opens': 'nothing bounds how many rooms are made but what bounds new visitors',
    'limits.files': 'files of staff come as links, which last as long as the policy says',
    'hears.asked': 'the bubble has no commands: what can be done is a button',
    'hears.edited': plainTalk,
    'hears.deleted': plainTalk,
    'hears.reacted': plainTalk,
    'hears.writing': 'what staff could see of it is of no use to them: they are called by what was said',
    'hears.typed': 'the bubble has no commands, so it offers no choices while one types',
    'hears.visited': 'the bubble has no page of one’s own',
    'answers.choices': 'the bubble has no commands, so it offers no choices while one types',
  },
};
