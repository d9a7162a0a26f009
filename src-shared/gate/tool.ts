import { z } from 'zod';
import { purposeIdSchema } from '../ids.js';
import { isLoopbackHost } from './address.js';

/** Names a tool, and the kind of tool it is: an adapter of that kind runs it, where Sayso has one. */
const nameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/**
 * One host as it is declared: exact, lower case, no wildcard; with a port only where it is not the usual one. What is not
 * what a browser makes of it (upper case, a trailing dot, a number for an address) would never be found again.
 */
export const hostSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9.[\]:-]+$/, 'is not a host by itself')
  .refine((host) => URL.canParse(`https://${host}/`) && new URL(`https://${host}/`).host === host, {
    message: 'is not a host in the form a browser gives it',
  })
  .refine((host) => host.includes('.') || isLoopbackHost(host), 'is not a whole host name');

/** Anything optional that acts for a purpose: it runs, and reaches its hosts, while that purpose is granted and never else. */
export const toolSchema = z.strictObject({
  id: nameSchema,
  purpose: purposeIdSchema,
  kind: nameSchema,
  /** Where it goes besides the service itself; empty: only to the service. */
  hosts: z.array(hostSchema).max(100),
});
export type DeclaredTool = z.infer<typeof toolSchema>;
