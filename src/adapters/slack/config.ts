import type { Log, Phrasebook } from '../../core/index.ts';

/** What the Slack channel needs. Give `signingSecret` for events over HTTP, `appToken` for Socket Mode, or both. */
export interface SlackConfig {
  /** `xoxb-…`. */
  readonly botToken: string;
  /** Of the app; without it no request over HTTP is believed. */
  readonly signingSecret?: string;
  /** `xapp-…` with `connections:write`; without it the channel does not listen by itself. */
  readonly appToken?: string;
  /** `C…` or `G…`, the channel in which staff have a thread for each ticket; without it there is no desk in Slack. */
  readonly deskChannelId?: string;
  /** Base of the Web API with its last slash; https://slack.com/api/ by default. */
  readonly apiUrl?: string;
  /** Milliseconds that listening waits for its first connection before it goes on in the background; 10,000 by default. */
  readonly connectWithinMs?: number;
  /** Milliseconds between the first and the second connection of Socket Mode; 30,000 by default. */
  readonly socketsApartMs?: number;
  readonly log: Log;
  readonly now: () => Date;
  readonly phrases: Phrasebook;
}

/** Where the Web API is when nothing else is said. */
export const SLACK_API = 'https://slack.com/api/';
