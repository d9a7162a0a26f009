import { z } from 'zod';
import { opaqueIdSchema, sha256HexSchema } from '../../src-shared/ids.js';
import type { Keychain } from '../secrets/index.js';
import type { ChainEnd, Store, SuspectReason } from '../store/index.js';

/** The keychain account of a service's anchor: `<service>/<profile id>/anchor`. */
export function anchorAccount(service: string, profileId: string): string {
  return `${service}/${profileId}/anchor`;
}

const anchorSchema = z.object({
  v: z.literal(1),
  /** How often the profile had been committed to, and the digest of what held then. */
  commits: z.int().min(0),
  digest: sha256HexSchema.or(z.literal('')),
  chains: z.array(
    z.object({
      subject: z.string().max(64),
      device: opaqueIdSchema,
      chain: opaqueIdSchema,
      seq: z.int().min(1),
      entryHash: sha256HexSchema,
    }),
  ),
});
/** What the keychain remembers of the newest state, outside the file that could be put back. */
export type Anchor = z.infer<typeof anchorSchema>;

/** The anchor of a service as it stands now; null where there is nothing to anchor. */
export function anchorOf(store: Pick<Store, 'chains' | 'seal'>, service: string): Anchor | null {
  const chains = store.chains.ends(service).map(({ subject, device, chain, seq, entryHash }) => {
    return { subject, device, chain, seq, entryHash };
  });
  return chains.length === 0 ? null : { v: 1, ...store.seal.latest(), chains };
}

/** What a kept anchor says about the database as it was opened. */
export function anchorFinding(
  anchor: Anchor,
  now: { readonly commits: number; readonly digest: string; readonly ends: readonly ChainEnd[] },
  entryHashAt: (chain: string, seq: number) => string | null,
  lastSeqOf: (subject: string, device: string) => number,
): SuspectReason | null {
  if (now.commits < anchor.commits) return 'older';
  if (now.commits === anchor.commits && now.digest !== anchor.digest) return 'changed';
  for (const { subject, device, chain, seq, entryHash } of anchor.chains) {
    const running = now.ends.find((end) => end.subject === subject && end.device === device);
    if (lastSeqOf(subject, device) < seq) return 'older';
    // A chain that ended (a sign-out, a new device id) is no longer there to be compared.
    if (running?.chain === chain && entryHashAt(chain, seq) !== entryHash) return 'forked';
  }
  return null;
}

/** Reads the anchor of a service: null where there is none, and `unreadable` where it is none of ours. */
export async function readAnchor(
  keychain: Keychain,
  name: string,
): Promise<Anchor | null | 'no-keychain' | 'not-an-anchor'> {
  const found = await keychain.get(name);
  if (!found.ok) return 'no-keychain';
  if (found.value === null) return null;
  try {
    const parsed = anchorSchema.safeParse(JSON.parse(found.value));
    return parsed.success ? parsed.data : 'not-an-anchor';
  } catch {
    return 'not-an-anchor';
  }
}
