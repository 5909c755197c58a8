import { isBlank, type Line, literal, type Sink, whyOf } from '../../core/index.ts';
import { Brake } from './brake.ts';
import type { WebchatConfig } from './config.ts';
import type { Hub } from './hub.ts';
import type { Guest } from './identify.ts';
import type { Deed, DeskFrame, No } from './protocol.ts';
import { inboundOf } from './receive.ts';
import { answerFrame } from './render.ts';

/** Deeds of one guest: nobody types faster for long. Reading along is counted apart, it costs less. */
const DEEDS = { perSecond: 1, burst: 20 };
const READS = { perSecond: 5, burst: 50 };

/** Does what a guest's bubble asks for, by whichever way it came. */
export type Talk = (guest: Guest, lang: string | undefined, deed: Deed) => Promise<DeskFrame | undefined>;

/** What talking works with. */
export interface TalkParts {
  readonly config: WebchatConfig;
  readonly hub: Hub;
  /** Where events go; undefined while nobody listens. */
  sink(): Sink | undefined;
}

/** A talk never throws: what cannot be done now is said, and may be sent again under the same key. */
export function createTalk({ config, hub, sink }: TalkParts): Talk {
  const { rooms, log, now } = config;
  const [deeds, reads] = [new Brake(DEEDS, now), new Brake(READS, now)];

  return async (guest, lang, deed) => {
    const afterMs = (deed.t === 'seen' ? reads : deeds).take(guest.id);
    const no = (why: No, more: { readonly afterMs?: number } = {}): DeskFrame | undefined =>
      deed.t === 'seen' ? undefined : { t: 'no', why, key: deed.key, ...more };
    if (afterMs > 0) return no('slower', { afterMs });
    const take = sink();
    if (take === undefined) return no('later');
    try {
      if (deed.t === 'seen') return await read(guest, deed.seq);
      const inbound = await inboundOf(deed, guest, lang, config);
      if (inbound === undefined) return no('invalid');
      const answer = await take(inbound);
      if (deed.t !== 'say') return { t: 'answer', key: deed.key, answer: answerFrame(answer) };
      return (await stand(guest, deed)) ?? no('unknown');
    } catch (error) {
      log.warn('webchat: something said could not be stored', { why: whyOf(error) });
      return no('later');
    }
  };

  async function read({ id }: Guest, seq: number): Promise<undefined> {
    const room = await rooms.at(id);
    if (room === undefined) return;
    await rooms.read(room.id, seq);
    hub.say(id, { t: 'read', seen: Math.min(seq, room.tail) });
  }

  /** It is the desk's by now: it stands in the room, once however often it came, for this guest's other windows too. */
  async function stand(
    guest: Guest,
    { key, text, files }: Extract<Deed, { t: 'say' }>,
  ): Promise<DeskFrame | undefined> {
    const body = {
      text: isBlank(text) ? '' : literal(text),
      ...(files.length > 0 && { files: files.map(one => one.name) }),
    };
    const line: Line | undefined = await rooms.add(guest.id, { ours: false, key, body });
    if (line === undefined) return undefined;
    hub.changed(guest.id, line);
    return { t: 'ack', key, ref: line.ref, seq: line.seq, at: line.at.getTime() };
  }
}
