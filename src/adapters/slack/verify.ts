import { verifySlackRequest } from '@slack/bolt';
import type { RawRequest } from '../../core/index.ts';

/** Seconds a request may be old, or ahead: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const WINDOW = 300;

/**
 * Why a request is not believed, or nothing. Slack's v0 HMAC over the raw body, compared in constant time; Bolt checks only that it
 * is not too old, the future is checked here. Never throws.
 */
export function distrust(request: RawRequest, signingSecret: string | undefined): string | undefined {
  if (!signingSecret) return 'no signing secret is configured';
  const signature = request.headers['x-slack-signature'];
  const sent = request.headers['x-slack-request-timestamp'];
  if (!signature || !sent || !/^\d{1,12}$/.test(sent))
    return 'the signature headers are missing or malformed';
  const now = request.now.getTime();
  if (Math.abs(now / 1000 - Number(sent)) > WINDOW) return 'the timestamp is more than 300 s away';
  try {
    verifySlackRequest({
      signingSecret,
      body: request.body,
      // Bolt signs the number it is given: a timestamp with leading zeros does not match, as it should be.
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(sent) },
      nowMilliseconds: now,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'the signature cannot be read';
  }
}
