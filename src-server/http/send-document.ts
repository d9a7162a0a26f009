import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Document } from '../services/document.js';
import { matchesEtag } from './etag.js';

/** Sends a prepared body, or 304 when the client has it already. It may be kept, but has to be asked about each time. */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: Document,
): FastifyReply {
  reply.header('etag', document.etag).header('cache-control', 'no-cache');
  if (matchesEtag(request.headers['if-none-match'], document.etag)) return reply.code(304).send();
  return reply.type('application/json').send(document.body);
}
