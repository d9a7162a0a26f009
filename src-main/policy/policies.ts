import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import { canonicalJson, MAX_POLICY_BYTES } from '../../src-shared/ledger/canonical.js';
import type { ServiceProfile } from '../../src-shared/manifest.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import type { PolicyView } from '../../src-shared/views.js';

/** The policy that is on show, with what a decision keeps of it. */
export interface CurrentPolicy {
  readonly text: PolicyText;
  readonly shown: ShownPolicy;
}

/** Policy texts of all services, in the language of the window where a policy has it. */
export interface Policies {
  current(service: string): CurrentPolicy | null;
  view(service: string): PolicyView | null;
}

interface Parts {
  readonly profiles: readonly ServiceProfile[];
  /** BCP 47 tag of the window's language. */
  readonly lang: string;
  readonly nowMs: () => number;
  /** Lower-case hex SHA-256 of a text in UTF-8. */
  readonly sha256Hex: (text: string) => string;
}

/** Chooses the newest version in force for each service. The hash is made once for each text. */
export function createPolicies({ profiles, lang, nowMs, sha256Hex }: Parts): Policies {
  const shownByText = new Map<PolicyText, ShownPolicy>();
  const shownOf = (text: PolicyText): ShownPolicy => {
    const known = shownByText.get(text);
    if (known) return known;
    const sha256 = sha256Hex(policyHashInput(text));
    const shown = { version: text.version, lang: text.lang, sha256 };
    shownByText.set(text, shown);
    return shown;
  };
  const current = (service: string): CurrentPolicy | null => {
    const profile = profiles.find(({ manifest }) => manifest.id === service);
    const text = profile && inForce(profile, lang, nowMs());
    return text ? { text, shown: shownOf(text) } : null;
  };
  return {
    current,
    view(service) {
      const found = current(service);
      if (!found) return null;
      const { version, dated, lang: textLang, label, sections } = found.text;
      return { service, version, dated, lang: textLang, label, sections };
    },
  };
}

/** What is hashed of a policy: label card and sections, as the person sees them (`docs/protocol.md`). */
export function policyHashInput({
  label,
  sections,
}: Pick<PolicyText, 'label' | 'sections'>): string {
  return canonicalJson({ label, sections }, MAX_POLICY_BYTES);
}

/** The newest version in force; where none is yet, the one that comes into force first. */
function inForce(profile: ServiceProfile, lang: string, atMs: number): PolicyText | undefined {
  const texts = inLanguage(profile, lang);
  return texts.find((text) => Date.parse(text.effectiveAt) <= atMs) ?? texts.at(-1);
}

function inLanguage({ manifest, policies }: ServiceProfile, lang: string): PolicyText[] {
  const base = lang.split('-')[0];
  const chosen = [lang, base, 'en', manifest.languages[0]].find((candidate) =>
    policies.some((policy) => policy.lang === candidate),
  );
  return policies.filter((policy) => policy.lang === chosen);
}
