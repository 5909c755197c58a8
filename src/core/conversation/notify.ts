import type { Handle } from '../actor.ts';
import { type Answer, type Button, platformName } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import { mustSeeAccount } from '../identity/index.ts';
import { dropCalendar, newCalendar } from '../notice/index.ts';
import {
  addDestination,
  clockOf,
  type Destination,
  mayChangeAddresses,
  type NotificationType,
  notificationTypes,
  ownContact,
  type Preferences,
  putFirst,
  readOwn,
  removeDestination,
  setWishes,
  typeIn,
} from '../preference/index.ts';
import { literalInline, oneLine, plain, raw } from '../text/index.ts';
import { askInForm } from './notify-window.ts';

/** Places of a type that have buttons: with two for each, and some more, they fit what the platforms show. */
const SHOWN = 6;
/** Quiet hours to choose from where none are typed, in minutes of the day. */
const PRESETS = ['1320-420', '1380-480', '1200-480'];

type Say = (key: string, args?: Parameters<Act['phrases']['say']>[2]) => string;

const sayTo = (act: Act, owner: Handle): Say => act.phrases.say.bind(act.phrases, owner.locale);

function button(say: Say, action: string, key: string, args: Readonly<Record<string, string>> = {}): Button {
  return { action, label: oneLine(plain(say(key, args)), 40) };
}

/** Where a person is told of what, and when, with buttons to change it. `before`: what has just been done. */
export async function showNotify(
  act: Act,
  owner: Handle,
  before = '',
): Promise<Extract<Answer, { type: 'say' }>> {
  const say = sayTo(act, owner);
  const own = await readOwn(act, await ownContact(act, owner));
  const lines = notificationTypes.map(type => `- ${typeLine(say, own, type)}`);
  const text = [before, say('notify-heading'), lines.join('\n'), hoursLine(say, own)]
    .filter(Boolean)
    .join('\n\n');
  const waits = Object.values(own.routes).some(({ destinations }) =>
    destinations.some(one => one.state === 'unconfirmed'),
  );
  return {
    type: 'say',
    text,
    buttons: [
      ...notificationTypes.map(type => button(say, `notify-type:${type}`, `notify-type-${type}`)),
      button(say, 'notify-hours', 'button-notify-hours'),
      ...(act.files.links === undefined ? [] : [button(say, 'notify-calendar', 'button-notify-calendar')]),
      button(
        say,
        `notify-invites:${own.invites ? 'off' : 'on'}`,
        own.invites ? 'button-notify-files' : 'button-notify-invites',
      ),
      ...(waits ? [button(say, 'notify-code', 'button-notify-code')] : []),
    ],
  };
}

function typeLine(say: Say, { routes }: Preferences, type: NotificationType): string {
  const name = raw(say(`notify-type-${type}`));
  const { destinations } = routes[type];
  if (destinations.length === 0) return say('notify-line-none', { type: name });
  return say('notify-line', {
    type: name,
    places: raw(destinations.map(one => placeName(say, one)).join(' → ')),
  });
}

function placeName(say: Say, { channel, name, state }: Destination): string {
  const shown =
    channel === 'email' ? literalInline(name) : say('notify-chat', { name, platform: platformName(channel) });
  return state === 'ready' ? shown : `${shown} (${say(`notify-state-${state}`)})`;
}

function hoursLine(say: Say, { quiet, zone, locale }: Preferences): string {
  const language = raw(say(`notify-language-${locale}`));
  if (quiet === undefined) return say('notify-hours-none', { zone, language });
  return say('notify-hours', { from: clockOf(quiet.from), to: clockOf(quiet.to), zone, language });
}

/** One type: its places in order, with buttons to put first, to take away and to add. */
async function showType(act: Act, owner: Handle, type: NotificationType, before = ''): Promise<Answer> {
  const say = sayTo(act, owner);
  const own = await readOwn(act, await ownContact(act, owner));
  const { destinations } = own.routes[type];
  const list = destinations.map((one, index) => `${index + 1}. ${placeName(say, one)}`).join('\n');
  const name = raw(say(`notify-type-${type}`));
  const head =
    destinations.length === 0
      ? say('notify-type-none', { type: name })
      : say('notify-type-heading', { type: name });
  const others = own.chats.filter(chat => !destinations.some(({ handleId }) => handleId === chat.handleId));
  const label = ({ channel, name }: Destination): string =>
    channel === 'email' ? name : `${platformName(channel)}: ${name}`;
  return {
    type: 'say',
    text: [before, head, list].filter(Boolean).join('\n\n'),
    buttons: [
      ...destinations
        .slice(1, SHOWN)
        .map(one =>
          button(say, `notify-first:${type}:${one.handleId}`, 'button-notify-first', { name: label(one) }),
        ),
      ...destinations
        .slice(0, SHOWN)
        .map(one =>
          button(say, `notify-drop:${type}:${one.handleId}`, 'button-notify-drop', { name: label(one) }),
        ),
      ...others
        .slice(0, SHOWN)
        .map(one =>
          button(say, `notify-use:${type}:${one.handleId}`, 'button-notify-use', { name: label(one) }),
        ),
      button(say, `notify-add:${type}`, 'button-notify-add'),
      button(say, 'notify', 'button-notify-back'),
    ],
  };
}

/** A button about where one is told things; undefined for every other one. Throws `Refusal` for who is not linked, or may not. */
export async function pressNotify(act: Act, owner: Handle, action: string): Promise<Answer | undefined> {
  const [verb, first = '', second = ''] = action.split(':');
  const type = typeIn(first);
  switch (verb) {
    case 'notify':
      return showNotify(act, owner);
    case 'notify-hours':
      return askHours(act, owner);
    case 'notify-code':
      await ownContact(act, owner);
      return askInForm(act, owner, { of: 'code' });
    case 'notify-calendar':
      return giveCalendar(act, owner);
    case 'notify-calendar-off':
      await dropCalendar(act, await ownContact(act, owner));
      return showNotify(act, owner, sayTo(act, owner)('notify-calendar-dropped'));
    case 'notify-invites':
      await setWishes(act, await ownContact(act, owner), { invites: first === 'on' });
      return showNotify(act, owner, sayTo(act, owner)(first === 'on' ? 'notify-invites' : 'notify-files'));
    case 'notify-quiet':
      return setQuiet(act, owner, first);
    case 'notify-lang':
      return setLanguage(act, owner, first);
    default:
      return type === undefined ? undefined : pressType(act, owner, verb ?? '', type, second);
  }
}

async function pressType(
  act: Act,
  owner: Handle,
  verb: string,
  type: NotificationType,
  id: string,
): Promise<Answer | undefined> {
  const say = sayTo(act, owner);
  const handleId = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
  switch (verb) {
    case 'notify-type':
      return showType(act, owner, type);
    case 'notify-add':
      await mayChangeAddresses(act, owner);
      return askInForm(act, owner, { of: 'add', type });
    case 'notify-first': {
      const { name } = await putFirst(act, await mayChangeAddresses(act, owner), type, handleId);
      return showType(act, owner, type, say('notify-is-first', { name }));
    }
    case 'notify-drop': {
      const { name } = await removeDestination(act, await mayChangeAddresses(act, owner), type, handleId);
      return showType(act, owner, type, say('notify-dropped', { name }));
    }
    case 'notify-use':
      return useChat(act, owner, type, handleId);
    default:
      return undefined;
  }
}

/** A linked chat becomes the first place. One of somebody else is refused word for word as one that is not there. */
async function useChat(act: Act, owner: Handle, type: NotificationType, handleId: number): Promise<Answer> {
  const contactId = await mayChangeAddresses(act, owner);
  const { chats } = await readOwn(act, contactId);
  const chat = chats.find(one => one.handleId === handleId);
  if (chat === undefined) throw new Refusal('notify-no-such');
  await addDestination(act, contactId, type, handleId);
  return showType(act, owner, type, sayTo(act, owner)('notify-is-first', { name: chat.name }));
}

/** The address of a new calendar, for their eyes only; the one before ends. */
async function giveCalendar(act: Act, owner: Handle): Promise<Answer> {
  const say = sayTo(act, owner);
  const contactId = await ownContact(act, owner);
  await mustSeeAccount(act, owner);
  const link = await newCalendar(act, contactId);
  return {
    type: 'say',
    text: say('notify-calendar', { link: raw(`<${link}>`) }),
    secret: true,
    buttons: [
      button(say, 'notify-calendar-off', 'button-notify-calendar-off'),
      button(say, 'notify', 'button-notify-back'),
    ],
  };
}

/** A window; where there is none, hours to choose from, or to type. */
async function askHours(act: Act, owner: Handle): Promise<Answer> {
  const own = await readOwn(act, await ownContact(act, owner));
  const asked = await askInForm(
    act,
    owner,
    { of: 'hours' },
    {
      from: own.quiet === undefined ? '' : clockOf(own.quiet.from),
      to: own.quiet === undefined ? '' : clockOf(own.quiet.to),
      zone: own.zone,
      language: own.locale,
    },
  );
  if (asked.type !== 'say' || channelOf(act, owner.channel).limits.forms !== 'none') return asked;
  const say = sayTo(act, owner);
  const preset = (one: string): Button => {
    const [from, to] = one.split('-').map(Number);
    return { action: `notify-quiet:${one}`, label: `${clockOf(from ?? 0)}–${clockOf(to ?? 0)}` };
  };
  return {
    ...asked,
    buttons: [
      ...PRESETS.map(preset),
      button(say, 'notify-quiet:none', 'button-notify-no-quiet'),
      ...act.phrases
        .locales()
        .map(locale => button(say, `notify-lang:${locale}`, `notify-language-${locale}`)),
      button(say, 'notify', 'button-notify-back'),
    ],
  };
}

async function setQuiet(act: Act, owner: Handle, typed: string): Promise<Answer> {
  const contactId = await ownContact(act, owner);
  const [from = -1, to = -1] = typed.split('-').map(Number);
  const quiet = typed === 'none' ? null : { from, to };
  const isRight =
    quiet === null ||
    ([from, to].every(one => Number.isInteger(one) && one >= 0 && one < 1440) && from !== to);
  if (!isRight) return { type: 'nothing' };
  await setWishes(act, contactId, { quiet });
  return showNotify(act, owner, sayTo(act, owner)('notify-saved'));
}

async function setLanguage(act: Act, owner: Handle, locale: string): Promise<Answer> {
  const contactId = await ownContact(act, owner);
  if (!act.phrases.locales().includes(locale)) return { type: 'nothing' };
  await setWishes(act, contactId, { locale });
  return showNotify(act, owner, sayTo(act, owner)('notify-saved'));
}
