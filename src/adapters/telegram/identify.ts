import { oneLine, type Sender } from '../../core/index.ts';
import type { User } from './shape.ts';

const MAX_NAME = 200;

/** Who somebody is. Telegram's user ids are global, so there is no space. */
export function senderOf(user: User): Sender {
  const name = oneLine([user.first_name, user.last_name ?? ''].join(' '), MAX_NAME);
  return {
    space: '',
    externalId: String(user.id),
    ...(name === '' ? {} : { name }),
    ...(user.language_code ? { locale: user.language_code } : {}),
  };
}
