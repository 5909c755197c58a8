import type { Handle } from '../actor.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import { enqueue, ownPlace } from '../outbox/index.ts';
import { literalInline, oneLine } from '../text/index.ts';
import { numbersOn } from './links.ts';
import { readBoard } from './read-board.ts';
import { readWeek } from './read-week.ts';
import { figuresOf } from './rules/figures.ts';
import { weekNamed } from './rules/week.ts';
import { tellBoard } from './tell-board.ts';
import { type Piece, tellWeek } from './tell-week.ts';

/** The board in words, for staff; its picture comes to their own chat with the desk. */
export async function boardFor(act: Act, who: Handle): Promise<string> {
  const piece = tellBoard(act, await readBoard(act), act.at, who.locale);
  return withPictures(act, who, piece.text, [piece]);
}

/**
 * The report of a week in words, for staff; its pictures come to their own chat. Throws `Refusal` for what names no week that has begun.
 *
 * @param named as `weekNamed` reads it
 */
export async function reportFor(act: Act, who: Handle, named: string): Promise<string> {
  const week = weekNamed(named, act.at, act.policy.desk.zone);
  if (week === undefined) throw new Refusal('no-such-week', { text: oneLine(named, 40) });
  const figures = figuresOf(await readWeek(act, week));
  const numberOf = await numbersOn(
    act,
    who.channel,
    figures.longest.map(({ ticketId }) => ticketId),
  );
  const { sheet, pieces } = tellWeek(act, week, figures, who.locale, numberOf);
  const head = `**${literalInline(`${sheet.mark} ${sheet.title}`)}**`;
  const text = [head, sheet.text, ...pieces.map(piece => piece.text)].join('\n\n');
  return withPictures(act, who, text, pieces);
}

/** Where the person's chat cannot carry pictures the words are enough; who has to begin it first is told so, and the pictures stay away. */
async function withPictures(act: Act, who: Handle, text: string, pieces: readonly Piece[]): Promise<string> {
  const { limits, openChat } = channelOf(act, who.channel);
  const pictures = pieces.filter(piece => piece.chart !== undefined);
  if (limits.files === undefined || openChat === undefined || pictures.length === 0) return text;
  const count = pictures.length;
  if (limits.begins === 'person' && !(await hasWritten(act, who)))
    return `${text}\n\n${act.phrases.say(who.locale, 'report-pictures-first', { count })}`;
  const { id: placeId } = await ownPlace(act, who);
  for (const content of pictures)
    enqueue(act, { placeId, role: 'customer', kind: 'post', class: 'reply', content });
  return `${text}\n\n${act.phrases.say(who.locale, 'report-pictures', { count })}`;
}

/** Whether somebody has an own chat with the desk, and has not closed it. */
async function hasWritten(act: Act, { id }: Handle): Promise<boolean> {
  const found = await act.tx`
    select from place where handle_id = ${id} and role = 'customer' and address is not null and gone is null limit 1`;
  return found.count > 0;
}
