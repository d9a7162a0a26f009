import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a graceful stop wait for requests under way and for nothing else. Node closes connections that rest between two
 * requests, but it goes on waiting for one on which nothing was ever sent, and lets one that is being answered rest
 * afterwards until its keep-alive runs out.
 */
export function closeUnusedOnStop(app: FastifyInstance): void {
  const sockets = new Set<Socket>();
  let stopping = false;
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
  app.addHook('preClose', (done) => {
    stopping = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
}
