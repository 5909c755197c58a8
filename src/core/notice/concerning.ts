import type { Act } from '../context.ts';
import { readZone } from '../preference/index.ts';
import { literalInline, plain, raw } from '../text/index.ts';
import { endedOf } from './ended.ts';
import type { NoticeContent, NoticeKind, NoticeState } from './model.ts';
import { isOver, openStates } from './rules/lifecycle.ts';
import { type Ended, stateFor } from './rules/parts.ts';
import { type Hit, wordsOf } from './words.ts';

/** Notices that are told at once: together they fit into one message of Discord (2,000). */
const SHOWN = 5;
/** Notices that are looked at: some may be over for the account, and go on for others. */
const LOOKED_AT = 50;

interface Concerning {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly content: NoticeContent;
  readonly hits: readonly Hit[];
  readonly account: string;
  readonly ended: readonly Ended[];
}

/** What concerns an account now and next, outages first, then in the order of time: each as short as it can be said. */
export async function concerningText(
  act: Act,
  {
    accountId,
    contactId,
    locale,
  }: { readonly accountId: number; readonly contactId: number; readonly locale: string },
): Promise<string> {
  const found = await act.tx<Concerning[]>`
    select n.id, n.kind, n.state, r.content, ${endedOf(act.tx)} as ended, (select ref from account where id = ${accountId}) as account,
      jsonb_agg(jsonb_build_object('object', h.object, 'service',
        case when s.id is not null then jsonb_build_object('name', s.name, 'order', s.order_number) end) order by h.object, s.id) as hits
    from notice n join notice_revision r on r.notice_id = n.id and r.revision = n.revision
      join notice_hit h on h.notice_id = n.id and h.revision = n.revision and h.account_id = ${accountId}
      left join service s on s.id = h.service_id
    where n.state = any(${[...openStates]}::text[]) group by n.id, r.notice_id, r.revision
    order by n.kind <> 'outage', r.content -> 'windows' -> 0 ->> 'from', n.id limit ${LOOKED_AT}`;
  const rows = found.filter(
    one =>
      !isOver(
        stateFor(
          one.state,
          one.content,
          one.ended,
          one.hits.map(({ object }) => object),
        ),
      ),
  );
  const say = act.phrases.say.bind(act.phrases, locale);
  if (rows.length === 0) return say('status-nothing');
  const zone = (await readZone(act, act.tx, contactId)) ?? act.policy.desk.zone;
  const parts = rows.slice(0, SHOWN).map(({ id, kind, state, content, account, hits }) => {
    const saying = {
      id,
      kind,
      state,
      account,
      hits,
      stage: 'announce',
      content: { ...content, text: {} },
      before: undefined,
    };
    const { subject, text } = wordsOf(act, saying, { locale, zone }, act.at);
    // Of an outage the text says where it stands.
    const head =
      kind === 'outage'
        ? `**${literalInline(subject)}**`
        : say('status-line', { subject, state: raw(plain(say(`notice-name-${state}`))) });
    return text === '' ? head : `${head}\n\n${text}`;
  });
  return [say('status-heading'), ...parts, ...(rows.length > SHOWN ? [say('status-more')] : [])].join('\n\n');
}
