import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ProblemError, problemOf, retryAfter } from './http/problem.js';

/** When to ask again of a server that stops: by then another one may have taken its place. In milliseconds. */
const STOPPING_RETRY_MS = 5000;

/**
 * Lets a graceful stop wait for requests under way and for nothing else. Node closes connections that rest between two
 * requests, but it goes on waiting for one on which nothing was ever sent, and lets one that is being answered rest
 * afterwards until its keep-alive runs out. A request that still comes in on one of those is answered 503.
 * @param endStreams ends what would never end by itself.
 */
export function stopGracefully(app: FastifyInstance, endStreams: () => void): void {
  const sockets = new Set<Socket>();
  let stopping = false;
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('onRequest', (_request, _reply, done) => {
    const headers = { 'retry-after': retryAfter(STOPPING_RETRY_MS) };
    done(stopping ? new ProblemError(problemOf('unavailable'), headers) : undefined);
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
  app.addHook('preClose', (done) => {
    stopping = true;
    endStreams();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
}
