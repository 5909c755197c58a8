/**
 * Numbers of the real platform. Sources: Discord developer documentation (message, embed, component, channel and rate-limit
 * pages) as collected in platforms.md, part B, and the published OpenAPI where it states a bound.
 */
export const limits = {
  content: 2000,
  nonce: 25,
  embeds: 10,
  embedTotal: 6000,
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1024,
  embedFooter: 2048,
  embedAuthor: 256,
  rows: 5,
  rowButtons: 5,
  customId: 100,
  buttonLabel: 80,
  selectOptions: 25,
  optionText: 100,
  selectPlaceholder: 150,
  /** Components V2: all components of one message, nested ones included. */
  componentsV2: 40,
  textDisplay: 4000,
  sectionTexts: 3,
  modalTitle: 45,
  modalComponents: 5,
  label: 45,
  labelDescription: 100,
  textInput: 4000,
  textInputPlaceholder: 100,
  radioOptions: 10,
  channelName: 100,
  topic: 1024,
  forumTopic: 4096,
  forumTags: 20,
  appliedTags: 5,
  tagName: 20,
  attachments: 10,
  /** Bytes of one file in a guild without boosts: 10 MiB. */
  fileBytes: 10 * 1024 * 1024,
  /** "CDN URLs expire after 24 hours" (signed attachment links: `ex`, `is`, `hm`), milliseconds. */
  linkMs: 86_400_000,
  reactions: 20,
  activeThreads: 1000,
  threadMembers: 1000,
  commands: 100,
  commandCreatesPerDay: 200,
  choices: 25,
  allowedMentionIds: 100,
  /** The first answer to an interaction, milliseconds. */
  interactionAnswerMs: 3000,
  /** The life of an interaction token, milliseconds. */
  interactionTokenMs: 15 * 60_000,
  /** "A few minutes" of nonce memory, milliseconds; the documentation gives no number. */
  nonceMs: 5 * 60_000,
  /** Requests of one bot over all routes in one second. */
  globalPerSecond: 50,
  /** Packets that a gateway client may send in a minute (gateway: rate limiting). */
  gatewaySendsPerMinute: 120,
} as const;

/** One bucket: so many requests in so many milliseconds for each major parameter. */
export interface Bucket {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Discord publishes no per-route numbers and asks clients to read the headers; these are the ones seen in practice for
 * messages (5 in 5 s), reactions (1 in 0.25 s) and channel names (2 in 10 min); the rest are this pretender's own.
 */
export const buckets = {
  createMessage: { name: '80c17d2f203122d936070c88c8d10f33', limit: 5, windowMs: 5000 },
  editMessage: { name: '92a9a2b1c2d24e5fa1d3b5e2ab0cfe10', limit: 5, windowMs: 5000 },
  deleteMessage: { name: 'b3a1d1c2bfe14d0e86c1a8e9d7f3a2c4', limit: 5, windowMs: 1000 },
  readMessages: { name: 'c4d2e3f4a5b64c7d8e9fa0b1c2d3e4f5', limit: 10, windowMs: 5000 },
  reaction: { name: 'd5e3f4a5b6c74d8e9fa0b1c2d3e4f5a6', limit: 1, windowMs: 250 },
  channel: { name: 'e6f4a5b6c7d84e9fa0b1c2d3e4f5a6b7', limit: 10, windowMs: 10_000 },
  channelName: { name: 'f7a5b6c7d8e94fa0b1c2d3e4f5a6b7c8', limit: 2, windowMs: 600_000 },
  thread: { name: 'a8b6c7d8e9fa40b1c2d3e4f5a6b7c8d9', limit: 50, windowMs: 10_000 },
  threadMembers: { name: 'b9c7d8e9fa0b41c2d3e4f5a6b7c8d9ea', limit: 10, windowMs: 10_000 },
  webhook: { name: 'cad8e9fa0b1c42d3e4f5a6b7c8d9eafb', limit: 5, windowMs: 2000 },
  commands: { name: 'dbe9fa0b1c2d43e4f5a6b7c8d9eafb0c', limit: 5, windowMs: 20_000 },
} as const satisfies Record<string, Bucket>;
