/**
 * What happens to one connection between a client and its server. Every request travels on a connection of its own, so this
 * is also what happens to one request.
 */
export type Fault =
  | { readonly kind: 'pass' }
  /** Reset before anything was sent. */
  | { readonly kind: 'refuse' }
  /** Each way begins so much later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Broken off once so many bytes have gone `up` to the server or `down` to the client. */
  | { readonly kind: 'cut'; readonly way: Way; readonly afterBytes: number }
  /** Nothing more after so many bytes, without a word, until the network heals; then it is broken off. */
  | { readonly kind: 'stall'; readonly way: Way; readonly afterBytes: number }
  /** The same bytes reach the server twice at once; the client gets the answer to the one or the other. */
  | { readonly kind: 'repeat'; readonly answerOf: 'first' | 'second' }
  /** The whole request waits until another one has passed it, or the network heals. */
  | { readonly kind: 'late' }
  /** A network that wants a sign-in first: 200 with a page, whatever was asked; the server hears of nothing. */
  | { readonly kind: 'portal' };

export type Way = 'up' | 'down';

/** Longer than most requests and answers of the interface, so that cuts fall before, into and behind them. */
const MOST_BYTES = 2500;

/** A fault of any kind but a portal, and how often it is one at all: `badness` from 0 (never) to 1 (always). */
export function randomFault(random: () => number, badness: number): Fault {
  if (random() >= badness) return { kind: 'pass' };
  const way = random() < 0.5 ? 'up' : 'down';
  // The very first bytes are where most goes wrong, so they come up more often than their share.
  const afterBytes = random() < 0.3 ? 0 : Math.floor(random() * MOST_BYTES);
  const kinds: readonly Fault[] = [
    { kind: 'refuse' },
    { kind: 'delay', delayMs: 1 + Math.floor(random() * 8) },
    { kind: 'cut', way, afterBytes },
    { kind: 'cut', way: 'down', afterBytes },
    { kind: 'stall', way, afterBytes },
    { kind: 'repeat', answerOf: random() < 0.5 ? 'first' : 'second' },
    { kind: 'late' },
  ];
  return kinds[Math.floor(random() * kinds.length)] ?? { kind: 'pass' };
}
