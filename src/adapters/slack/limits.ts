import type { Limits } from '../../core/index.ts';
import { measure } from './render.ts';

/** Lengths that Slack refuses to exceed, each with the page that says so. */
export const lengths = {
  /** https://docs.slack.dev/reference/views/modal-views: title, submit and close 24, private_metadata 3,000. */
  viewTitle: 24,
  viewButton: 24,
  metadata: 3000,
  /** https://docs.slack.dev/reference/block-kit/blocks: 100 in a modal or on a home page. */
  viewBlocks: 100,
  /** https://docs.slack.dev/reference/block-kit/blocks/input-block: label and hint 2,000. */
  label: 2000,
  hint: 2000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: 3,000 in it, placeholder 150. */
  input: 3000,
  placeholder: 150,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object: text 75, value 150; 100 to a select. */
  optionText: 75,
  optionValue: 150,
  options: 100,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element and /blocks/actions-block: 25 to a block. */
  buttonText: 75,
  buttons: 25,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  header: 150,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  text: 3000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element: 10 files of 10 MB. */
  formFiles: 10,
} as const;

/** What Slack can carry. */
export const limits: Limits = {
  // Slack advises 4,000 for a message (https://docs.slack.dev/reference/methods/chat.postMessage#truncating); blocks are refused
  // with msg_blocks_too_long somewhere above 11,000 characters, containers included (slackapi/bolt-js#2509, #2867).
  text: 3800,
  measure,
  // 100 blocks to a view: https://docs.slack.dev/reference/block-kit/blocks. Errors go to the block_id of an input.
  forms: { fields: 100, errorsAtField: true },
  places: 'per-ticket',
  // "Generally one message per second per channel", short bursts allowed, "several hundred messages per minute" for a workspace:
  // https://docs.slack.dev/apis/web-api/rate-limits. Slack names no exact number, so a 429 and its Retry-After have the last word.
  bot: { perSecond: 5, burst: 30 },
  place: { perSecond: 1, burst: 3 },
  resendIsSafe: false,
  // 1 GB: https://docs.slack.dev/messaging/working-with-files. Slack names no number of files; ten is what a message shows well.
  files: { count: 10, bytes: 1_000_000_000 },
};
