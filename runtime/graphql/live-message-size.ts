/** How large a message between our own services may be on a WebSocket that carries the operations of many users. */

/** Sixteen times what a client's message may have: the router adds to it who asks, and the proof. */
export const liveMessageBytes = 4 * 1024 * 1024
