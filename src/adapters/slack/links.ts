/** Addresses at which people open a conversation. They begin with the workspace's own, which only Slack knows. */
import type { webApi } from '@slack/bolt';
import type { LinkTo, Log } from '../../core/index.ts';
import { wordsFor } from './api.ts';
import { readAddress } from './deliver.ts';

/** Links into the workspace. */
export interface Links {
  /** By what is known now; the first call asks for the workspace's address, and later ones have it. */
  readonly now: LinkTo;
  /** Once it was asked for. Never rejects: without an answer there are no links for now. */
  ready(): Promise<LinkTo>;
}

export function createLinks(web: webApi.WebClient, log: Log): Links {
  let home: string | undefined;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    try {
      const { url = '' } = await web.auth.test();
      if (/^https:\/\/[\w.-]+\/$/.test(url)) home = url;
    } catch (error) {
      log.warn('slack: the address of the workspace could not be had', { why: wordsFor(error) });
    } finally {
      if (home === undefined) asking = undefined;
    }
  };
  const known: LinkTo = address => {
    const { channel, thread } = readAddress(address) ?? {};
    return home && channel && thread ? `${home}archives/${channel}/p${thread.replace('.', '')}` : undefined;
  };
  const ready = async (): Promise<LinkTo> => {
    asking ??= ask();
    await asking;
    return known;
  };
  return {
    ready,
    now(address) {
      void ready();
      return known(address);
    },
  };
}
