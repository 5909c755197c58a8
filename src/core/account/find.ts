import type { SqlRunner } from '../../../drizzle/database.ts';
import { type Clue, readClue } from './rules/clue.ts';

/** A service as staff see it, with whose it is. */
export interface FoundService {
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  readonly account: { readonly id: number; readonly ref: string; readonly name: string };
}

/** Whose a server is that somebody typed; `nothing known`: it cannot be said, or the desk knows of no services at all. */
export type ServerFound = FoundService | 'nobody' | 'nothing known';

/** The service that an IP address or an order number is of, whoever has it; of several ranges the narrowest. Never for a customer. */
export async function whoseServer(run: SqlRunner, typed: string): Promise<ServerFound> {
  const clue = readClue(typed);
  if (clue.ip === null && clue.order === null) return 'nothing known';
  const [found] = await run<FoundService[]>`
    select s.id, s.ref, s.name, s.kind, s.state, json_build_object('id', a.id, 'ref', a.ref, 'name', a.name) as account
    from service s join account a on a.id = s.account_id
    left join service_network n on n.service_id = s.id and n.network >>= ${clue.ip}::inet
    where ${fits(run, clue)} order by s.state = 'ended', masklen(n.network) desc, s.id limit 1`;
  if (found !== undefined) return found;
  const [some] = await run`select from service limit 1`;
  return some === undefined ? 'nothing known' : 'nobody';
}

function fits(run: SqlRunner, { ip, order }: Clue) {
  if (ip === null) return run`s.order_number = ${order}`;
  return run`s.id in (select service_id from service_network where network >>= ${ip}::inet)`;
}
