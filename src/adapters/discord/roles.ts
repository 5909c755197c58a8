import { RESTJSONErrorCodes as Code, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Log } from '../../core/index.ts';
import type { Api } from './api.ts';
import { codeOf, whyOf } from './errors.ts';
import { isSnowflake } from './payloads.ts';

const GONE: ReadonlySet<number | undefined> = new Set([Code.UnknownMember, Code.UnknownUser]);

/** The roles somebody has now: none for who is not in the guild, `undefined` when Discord cannot say. */
export async function rolesOf(
  { api, log }: { api: Api; log: Log },
  guildId: string,
  externalId: string,
): Promise<readonly string[] | undefined> {
  if (!isSnowflake(externalId)) return [];
  try {
    const member = await api.get(Routes.guildMember(guildId, externalId));
    return z.object({ roles: z.array(z.string()) }).parse(member).roles;
  } catch (error) {
    if (GONE.has(codeOf(error))) return [];
    log.warn('discord: roles cannot be read', { why: whyOf(error) });
    return undefined;
  }
}
