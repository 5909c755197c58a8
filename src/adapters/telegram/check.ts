import type { Finding } from '../../core/index.ts';
import { type Clients, isBadToken, movedTo, whyOf } from './api.ts';
import type { TelegramConfig } from './config.ts';
import { webhookOf } from './listen.ts';

/** Updates that wait longer than a busy minute mean that nobody takes them. */
const MANY_PENDING = 100;
/** An error of a delivery counts this long, in seconds. */
const FRESH_ERROR_S = 3600;

/** Checks the token, how updates come, and the desk's group. Each fault says what to do about it. Never throws. */
export async function check(clients: Clients, config: TelegramConfig): Promise<readonly Finding[]> {
  const token = await checkToken(clients);
  if (!token.finding.ok) return [token.finding];
  const parts = [checkUpdates(clients, config), checkDesk(clients, config, token.botId)];
  const found = await Promise.all(parts.map(part => part.catch((error: unknown) => [unasked(error)])));
  return [token.finding, ...(token.topics ? [token.topics] : []), ...found.flat()];
}

function unasked(error: unknown): Finding {
  return {
    what: `Telegram answers (${whyOf(error)})`,
    ok: false,
    mend: 'Look whether this machine reaches https://api.telegram.org, and try again.',
  };
}

async function checkToken({
  calls,
}: Clients): Promise<{ finding: Finding; botId: number; topics?: Finding }> {
  try {
    const me = await calls.getMe();
    const good = {
      finding: { what: `Telegram: the token is good (@${me.username})`, ok: true },
      botId: me.id,
    };
    const mend =
      'Tickets have topics of their own once people cannot make topics: @BotFather → the bot → Bot Settings → Threads Settings.';
    const halfway = me.has_topics_enabled === true && me.allows_users_to_create_topics === true;
    return halfway
      ? { ...good, topics: { what: 'Telegram: topics in private chats are ours', ok: false, mend } }
      : good;
  } catch (error) {
    const mend = 'Take the token from @BotFather (/mybots → API Token) into TELEGRAM_BOT_TOKEN.';
    const finding = isBadToken(error)
      ? { what: 'Telegram: the token is good', ok: false, mend }
      : unasked(error);
    return { finding, botId: 0 };
  }
}

async function checkUpdates({ calls }: Clients, config: TelegramConfig): Promise<Finding[]> {
  const wanted = webhookOf(config);
  const info = await calls.getWebhookInfo();
  const restart = 'Restart the desk: it sets this by itself when it connects.';
  const address: Finding =
    wanted === undefined
      ? finding('Telegram: no webhook stands in the way of polling', !info.url, restart)
      : finding(`Telegram: updates are sent to ${wanted}`, info.url === wanted, restart);
  const few = finding(
    `Telegram: ${info.pending_update_count} updates wait`,
    info.pending_update_count < MANY_PENDING,
    'Look whether the desk runs, and whether PUBLIC_URL leads to it.',
  );
  const failed =
    info.last_error_date !== undefined &&
    config.now().getTime() / 1000 - info.last_error_date < FRESH_ERROR_S;
  if (wanted === undefined || !failed) return [address, few];
  const mend =
    'Look whether PUBLIC_URL leads to this desk with a valid certificate, and whether the secret is the same.';
  return [
    address,
    few,
    { what: `Telegram: the last delivery went well (${info.last_error_message})`, ok: false, mend },
  ];
}

async function checkDesk(
  { calls }: Clients,
  { deskChatId }: TelegramConfig,
  botId: number,
): Promise<Finding[]> {
  if (deskChatId === undefined) return [];
  const id = Number(deskChatId);
  try {
    const chat = await calls.getChat(id);
    const me = await calls.getChatMember(id, botId);
    const rights = me.status === 'administrator' ? me : undefined;
    const where = 'In the group: Edit → Administrators → the bot.';
    return [
      finding(
        'Telegram: the desk’s group has topics',
        'is_forum' in chat && chat.is_forum === true,
        'In the group: Edit → Topics → on.',
      ),
      finding(
        'Telegram: the bot is an administrator of the desk’s group, so it hears everything there',
        rights !== undefined,
        `${where} Privacy mode would hide what staff write from it.`,
      ),
      finding(
        'Telegram: the bot may manage topics',
        rights?.can_manage_topics === true,
        `${where} Manage Topics: on.`,
      ),
      finding(
        'Telegram: the bot may pin the cards',
        rights?.can_pin_messages === true,
        `${where} Pin Messages: on.`,
      ),
      finding(
        'Telegram: the bot may delete messages',
        rights?.can_delete_messages === true,
        `${where} Delete Messages: on.`,
      ),
    ];
  } catch (error) {
    const moved = movedTo(error);
    const mend =
      moved === undefined
        ? 'Put the bot into the group, and the group’s id (-100…) into TELEGRAM_DESK_CHAT_ID.'
        : `The group was upgraded: set TELEGRAM_DESK_CHAT_ID to ${moved}.`;
    return [{ what: `Telegram: the desk’s group is there (${whyOf(error)})`, ok: false, mend }];
  }
}

function finding(what: string, ok: boolean, mend: string): Finding {
  return ok ? { what, ok } : { what, ok, mend };
}
