/** The word an adapter is known by in the database, in the policy and in logs. */
export type ChannelKind = string;

/**
 * Where messages go, written by the adapter and opaque to core: at most 255 characters, equal exactly when the place is the
 * same. For example a thread's id, or `channel/thread`.
 */
export type Address = string;

/** The platform's id of one message in a place, opaque to core; unique within the place. */
export type MessageRef = string;
