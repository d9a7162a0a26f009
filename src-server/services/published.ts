import { createHash } from 'node:crypto';
import { policyAnswerSchema, type PolicyAnswer } from '../../src-shared/api-contract.js';
import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import { versionNames } from '../../src-shared/consent/policy-change.js';
import { policyHashInput } from '../../src-shared/ledger/policy-hash.js';
import type { ServiceProfile } from '../../src-shared/manifest.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { documentOf, type Document } from './document.js';
import { pickPolicy } from './pick-policy.js';

/** What one service has published: its manifest, its policy texts, and which texts a decision may name. */
export interface PublishedService {
  readonly id: string;
  readonly name: string;
  /** Issuer of its receipts. */
  readonly baseAddress: string;
  readonly manifest: Document;
  /** The version that is answered when none is asked for; null where no policy is published. */
  readonly newestVersion: string | null;
  /** Every text, as decisions name it. */
  readonly texts: readonly ShownPolicy[];
  /** The text asked for (see {@link pickPolicy}), or undefined when there is no such version. */
  readonly policy: (version: string | undefined, lang: string | undefined) => Document | undefined;
  /** Whether this very text was published under that version and language. */
  readonly knowsPolicy: (shown: ShownPolicy) => boolean;
}

/** SHA-256 of what a person reads of a policy: the JCS of its label card and sections. */
export function policySha256(policy: Pick<PolicyText, 'label' | 'sections'>): string {
  return createHash('sha256').update(policyHashInput(policy)).digest('hex');
}

/** Prepares a profile for being served. */
export function publish(profile: ServiceProfile): PublishedService {
  const { manifest, policies } = profile;
  const versions = versionNames(policies);
  const texts = policies.map((policy) => {
    const previous = versions[versions.indexOf(policy.version) - 1] ?? null;
    const answer = answerOf(policy, previous);
    return { answer, document: documentOf(answer) };
  });
  const known = new Set(texts.map(({ answer }) => keyOf(answer)));
  return {
    id: manifest.id,
    name: manifest.name,
    baseAddress: manifest.baseAddress,
    manifest: documentOf(manifest),
    newestVersion: policies[0]?.version ?? null,
    texts: texts.map(({ answer: { version, lang, sha256 } }) => ({ version, lang, sha256 })),
    policy(version, lang) {
      const picked = pickPolicy(policies, { version, lang, fallback: manifest.languages });
      return picked === undefined ? undefined : texts[policies.indexOf(picked)]?.document;
    },
    knowsPolicy: (shown) => known.has(keyOf(shown)),
  };
}

function answerOf(policy: PolicyText, previous: string | null): PolicyAnswer {
  const { version, lang, effectiveAt, changes, label, sections } = policy;
  const sha256 = policySha256(policy);
  return policyAnswerSchema.parse({
    version,
    lang,
    sha256,
    effectiveAt,
    changes,
    label,
    sections,
    previous,
  });
}

function keyOf({ version, lang, sha256 }: ShownPolicy): string {
  return JSON.stringify([version, lang, sha256]);
}
