import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import { toHex, utf8 } from '../../src-shared/ledger/bytes.js';
import { policyHashInput } from '../../src-shared/ledger/policy-hash.js';
import type { ServiceProfile } from '../../src-shared/manifest.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { sha256 as hash } from '../crypto/index.js';

interface Parts {
  readonly profiles: readonly ServiceProfile[];
  /** A text this profile has kept, by its hash. */
  readonly kept: (service: string, sha256: string) => PolicyText | null;
}

/** The very text that stood on a screen; null where this device does not have it. */
export type FindShownText = (service: string, shown: ShownPolicy) => PolicyText | null;

/**
 * Finds texts by their hash, so that no other wording is ever shown for the one that was read: first what this profile has
 * kept, then what came with the app. Both work offline. Each text is looked for once.
 */
export function createShownTexts({ profiles, kept }: Parts): FindShownText {
  const found = new Map<string, PolicyText>();
  return (service, { version, lang, sha256 }) => {
    const key = `${service} ${sha256}`;
    const text = found.get(key) ?? kept(service, sha256) ?? shipped(service);
    if (text) found.set(key, text);
    return text?.version === version && text.lang === lang ? text : null;

    function shipped(id: string): PolicyText | null {
      const profile = profiles.find(({ manifest }) => manifest.id === id);
      const texts = profile?.policies.filter((one) => one.version === version && one.lang === lang);
      return texts?.find((one) => textHash(one) === sha256) ?? null;
    }
  };
}

/** Lower-case hex SHA-256 of what is hashed of a text. */
function textHash(text: PolicyText): string {
  return toHex(hash(utf8(policyHashInput(text))));
}
