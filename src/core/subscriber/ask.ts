import { createHash, randomBytes } from 'node:crypto';
import { type Act, type Context, transact } from '../context.ts';
import { enqueue, ownPlace } from '../outbox/index.ts';
import { MAIL, mailHandle } from '../preference/index.ts';
import { codeFrom, codeIn, grouped } from '../rules/index.ts';
import { raw } from '../text/index.ts';
import { ALL, ASK_MS, PER_ADDRESS } from './rules/limits.ts';

/** Characters of a code: 80 bits, so that whoever has none can only have it from the mail. */
const CODE_LENGTH = 16;

/** Whether anybody can subscribe: the desk sends mail, and its links lead somewhere. */
export function canSubscribe({ channels, files, policy }: Context): boolean {
  return channels.has(MAIL) && files.links !== undefined && policy.status.public;
}

/**
 * Sends a mail that asks whether it is wanted, as far as the limits allow. Whoever asks learns nothing: it is the same for an address that is
 * subscribed, for one that is not, and for one that was written to too often.
 *
 * @param address in small letters
 */
export async function askToSubscribe(ctx: Context, address: string, locale: string): Promise<void> {
  await transact(ctx, { type: 'system' }, act => ask(act, address, locale));
}

async function ask(act: Act, address: string, locale: string): Promise<void> {
  const { links } = act.files;
  const since = ({ withinMs }: { readonly withinMs: number }): Date => new Date(act.at.getTime() - withinMs);
  const [all] = await act.tx<{ times: number }[]>`
    select count(*)::int as times from subscriber_ask where made_at > ${since(ALL)}`;
  if (links === undefined || (all?.times ?? 0) >= ALL.times) return;
  // It locks the row of the address, so that of many at once each counts those before it.
  const handleId = await mailHandle(act, address);
  const [own] = await act.tx<{ times: number }[]>`
    select count(*)::int as times from subscriber_ask where handle_id = ${handleId} and made_at > ${since(PER_ADDRESS)}`;
  if ((own?.times ?? 0) >= PER_ADDRESS.times) return;
  const expiresAt = new Date(act.at.getTime() + ASK_MS);
  const code = codeFrom(randomBytes(CODE_LENGTH), CODE_LENGTH);
  await act.tx`
    insert into subscriber_ask (handle_id, locale, sha256, made_at, expires_at)
    values (${handleId}, ${locale}, ${hashOf(code)}, ${act.at}, ${expiresAt})`;
  const { id: placeId } = await ownPlace(act, { id: handleId, channel: MAIL });
  const link = raw(`<${links.publicUrl}/confirm/${grouped(code)}>`);
  const args = { desk: act.policy.desk.name, link };
  enqueue(act, {
    placeId,
    role: 'customer',
    kind: 'post',
    // Anybody can ask for any address: it takes no place of what customers are told.
    class: 'maintenance',
    content: {
      say: 'mail-subscribe',
      args,
      locale,
      subject: 'mail-subscribe-subject',
      secret: true,
      until: expiresAt.toISOString(),
    },
  });
}

/** The hash of a code in a link's token; undefined for every text that is none. */
export function hashIn(token: string): Uint8Array | undefined {
  const code = codeIn(token, [CODE_LENGTH]);
  return code === undefined ? undefined : hashOf(code);
}

/** Of 80 random bits a fast hash is enough: there is nothing to guess. */
function hashOf(code: string): Uint8Array {
  return createHash('sha256').update(`subscribe:v1:${code}`).digest();
}
