/** The protocol that this code speaks: header `Countersign-Protocol`. */
export const PROTOCOL = 1;

/** Most events of one push. */
export const MAX_PUSH_EVENTS = 500;
/** Largest body of a push, in bytes. */
export const MAX_PUSH_BYTES = 1024 * 1024;
/** Largest body of any other request, in bytes. */
export const MAX_SMALL_BYTES = 4 * 1024;
/** Largest reply that a client reads, in bytes. */
export const MAX_REPLY_BYTES = 1024 * 1024;
/** Longest wait for a whole reply, in milliseconds. Chrome ends a worker whose fetch waits 30 s. */
export const REPLY_TIMEOUT_MS = 20_000;
/** How far the clocks of client and collector may be apart before it is said, in milliseconds. */
export const CLOCK_TOLERANCE_MS = 2_000;
/** Largest content of a case, as JSON in UTF-8 bytes. */
export const MAX_CASE_BYTES = 256 * 1024;
/** Largest settings of a policy, as a request's body in bytes. */
export const MAX_POLICY_BYTES = 256 * 1024;
/** Longest wait of a request for the feed, in seconds. */
export const MAX_FEED_WAIT_S = 20;
