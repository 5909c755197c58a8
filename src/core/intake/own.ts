import type { SqlRunner } from '../../../drizzle/database.ts';
import {
  OWN_SERVICES,
  type OwnService,
  ownServices,
  type ServicesOf,
  shownNetwork,
} from '../account/index.ts';
import type { FormOption } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { oneLine, plain } from '../text/index.ts';
import { NONE_OF_THESE, type ServiceChoice } from './rules/services.ts';

/** Longest label of a choice (Discord's select and autocomplete: 100; Slack's select shows 75 of it). */
const LABEL = 75;

/** The services that a person may pick, with the one that is meant by `typed`; none for who is not linked to an account. */
export async function choicesOfOwn(run: SqlRunner, whose: ServicesOf, typed = ''): Promise<ServiceChoice[]> {
  return (await ownServices(run, whose, typed)).map(serviceChoice);
}

/** A service as a choice. */
export function serviceChoice(service: OwnService): ServiceChoice {
  const { id, name, orderNumber, network, meant } = service;
  const order = orderNumber === null ? undefined : `#${orderNumber}`;
  const address = network === null ? undefined : shownNetwork(network);
  const sign = order ?? address;
  return {
    id: String(id),
    name,
    label: oneLine(sign === undefined ? name : `${oneLine(name, LABEL - sign.length - 3)} · ${sign}`, LABEL),
    server: sign ?? name,
    meant,
  };
}

/** What stands in a list of services; undefined where there are so many that one is typed. */
export function serviceOptions(
  ctx: Context,
  services: readonly ServiceChoice[],
  locale: string,
): FormOption[] | undefined {
  if (services.length >= OWN_SERVICES) return undefined;
  return [noneOfThese(ctx, locale), ...services.map(({ id, label }) => ({ value: id, label }))];
}

/** The choice for what is about no service. */
export function noneOfThese(ctx: Context, locale: string): FormOption {
  return { value: NONE_OF_THESE, label: plain(ctx.phrases.say(locale, 'choice-no-service')) };
}
