import type { PolicyText } from '../../src-shared/policy-text.js';

/** What is asked for; `fallback` are the service's languages, its own first. */
interface Wish {
  readonly version: string | undefined;
  readonly lang: string | undefined;
  readonly fallback: readonly string[];
}

/**
 * Picks a policy text. Without a version it is the newest one, also when it has yet to take effect, because a change has
 * to be announced before it does. The language is looked up as in RFC 4647, section 3.4 (`pt-BR`, then `pt`), then among
 * the service's own; a version that exists is always answered in some language, since a text in another one still tells
 * more than none.
 * @param policies newest first.
 */
export function pickPolicy(policies: readonly PolicyText[], wish: Wish): PolicyText | undefined {
  const version = wish.version ?? policies[0]?.version;
  const texts = policies.filter((policy) => policy.version === version);
  for (const lang of [...rangesOf(wish.lang), ...wish.fallback]) {
    const text = texts.find((policy) => policy.lang.toLowerCase() === lang.toLowerCase());
    if (text) return text;
  }
  return texts[0];
}

/** A language tag and what remains of it as its last parts are dropped one by one. */
function rangesOf(lang: string | undefined): string[] {
  const parts = lang?.split('-') ?? [];
  return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
}
