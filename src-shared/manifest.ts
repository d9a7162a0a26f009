import { z } from 'zod';
import { kindOf, SALE_OR_SHARING } from './consent/purpose-kind.js';
import { toolSchema } from './gate/tool.js';
import { languageTagSchema, purposeIdSchema, serviceIdSchema } from './ids.js';
import { policyTextSchema, purposeKindSchema, type PolicyText } from './policy-text.js';
import { failed, ok, type Result } from './result.js';

/** https, or plain http on this very machine: a session token never crosses a network in the clear. */
export function isAllowedBaseAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username || url.password || url.search || url.hash) return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/**
 * The person signs in at a provider (OpenID Connect), in their own browser. `issuer` is also where the page they sign in on has
 * to be; `clientId` names Sayso there, as a client without a secret (RFC 8252, section 8.4).
 */
const browserWaySchema = z.strictObject({
  way: z.literal('browser'),
  issuer: z.url().max(500).refine(isAllowedBaseAddress, 'must be https, or http on loopback'),
  clientId: z.string().regex(/^[\x21-\x7e]{1,200}$/),
});
export type BrowserWay = z.infer<typeof browserWaySchema>;

const manifestShape = z.strictObject({
  schema: z.literal(1),
  id: serviceIdSchema,
  name: z.string().min(1).max(60),
  publisher: z.string().min(1).max(120),
  /** Where the service speaks the interface of `docs/protocol.md`; https, or loopback. */
  baseAddress: z.url().max(500).refine(isAllowedBaseAddress, 'must be https, or http on loopback'),
  /** How a person signs in: with an address and a password, or in their browser. */
  signIn: z.union([z.literal('password'), browserWaySchema]),
  banner: z.enum(['choice', 'accept-or-necessary', 'acknowledge']),
  languages: z.array(languageTagSchema).min(1).max(50),
  purposes: z
    .array(z.strictObject({ id: purposeIdSchema, kind: purposeKindSchema }))
    .min(1)
    .max(50),
  /** What acts for an optional purpose, and where it goes. Left out or empty: nothing does, and nothing can. */
  tools: z.array(toolSchema).max(100).default([]),
  /** The service's own pages, for "Open the service"; left out: the root of its base address. */
  site: z
    .url()
    .max(500)
    .refine(isAllowedBaseAddress, 'must be https, or http on loopback')
    .optional(),
});

/** A service profile: what Sayso must know to speak of a service and to it. A new service is a new folder and no code. */
export const manifestSchema = manifestShape.superRefine((manifest, context) => {
  const ids = manifest.purposes.map((purpose) => purpose.id);
  if (new Set(ids).size !== ids.length) {
    context.addIssue({ code: 'custom', path: ['purposes'], message: 'names a purpose twice' });
  }
  manifest.purposes.forEach(({ id, kind }, index) => {
    // The words of the control and the opt-out signal speak of nothing else.
    if (kind !== 'opt-out' || id === SALE_OR_SHARING) return;
    const message = `only "${SALE_OR_SHARING}" has a control of that kind`;
    context.addIssue({ code: 'custom', path: ['purposes', index, 'kind'], message });
  });
  const toolIds = manifest.tools.map((tool) => tool.id);
  if (new Set(toolIds).size !== toolIds.length) {
    context.addIssue({ code: 'custom', path: ['tools'], message: 'names a tool twice' });
  }
  manifest.tools.forEach(({ purpose }, index) => {
    const kind = manifest.purposes.find(({ id }) => id === purpose)?.kind;
    if (kind === 'optional' || kind === 'opt-out') return;
    // Whatever calls itself necessary would run without being asked for.
    const message =
      kind === undefined
        ? `"${purpose}" is no purpose of the service`
        : `"${purpose}" is always on, and no tool is: it needs an optional purpose`;
    context.addIssue({ code: 'custom', path: ['tools', index, 'purpose'], message });
  });
  const asks = manifest.purposes.some((purpose) => kindOf(purpose) === 'optional');
  if (asks === (manifest.banner === 'acknowledge')) {
    const message = asks
      ? 'a service with optional purposes has to ask, not only inform'
      : 'a service without optional purposes has nothing to ask';
    context.addIssue({ code: 'custom', path: ['banner'], message });
  }
});
export type Manifest = z.infer<typeof manifestShape>;
/** A manifest as it is written: what has a default may be left out. */
export type ManifestFile = z.input<typeof manifestShape>;

/** Why a profile cannot be used: the file within `resources/services`, the field in it, and what is wrong there. */
export interface ProfileProblem {
  readonly file: string;
  readonly field: string;
  readonly message: string;
}

/** A whole, checked profile: its manifest and every policy text that ships with it, newest first. */
export interface ServiceProfile {
  readonly manifest: Manifest;
  readonly policies: readonly PolicyText[];
}

/** A file of a profile as read from disk: its name within `resources/services` and its text. */
export interface ProfileFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Checks the files of one service folder against each other.
 * @param folder the folder's name, which has to be the service's id.
 * @returns the profile, or every problem found, each with file and field.
 */
export function readProfile(
  folder: string,
  manifestFile: ProfileFile,
  policyFiles: readonly ProfileFile[],
): Result<ServiceProfile, readonly ProfileProblem[]> {
  const manifest = parseFile(manifestFile, manifestSchema);
  const policies = policyFiles.map((file) => parseFile(file, policyTextSchema));
  const problems = [manifest, ...policies].flatMap((parsed) => (parsed.ok ? [] : parsed.error));
  if (!manifest.ok) return failed(problems);
  if (manifest.value.id !== folder) {
    problems.push({
      file: manifestFile.file,
      field: 'id',
      message: `is "${manifest.value.id}" in a folder named "${folder}"`,
    });
  }
  const good = policies.flatMap((parsed, index) =>
    parsed.ok ? [{ policy: parsed.value, file: policyFiles[index]?.file ?? '' }] : [],
  );
  for (const { policy, file } of good)
    problems.push(...disagreements(manifest.value, policy, file));
  for (const lang of manifest.value.languages) {
    if (!good.some(({ policy }) => policy.lang === lang)) {
      const message = `no readable policy text in "${lang}"`;
      problems.push({ file: manifestFile.file, field: 'languages', message });
    }
  }
  if (problems.length > 0) return failed(problems);
  const newestFirst = good
    .map(({ policy }) => policy)
    .toSorted((a, b) => Date.parse(b.effectiveAt) - Date.parse(a.effectiveAt));
  return ok({ manifest: manifest.value, policies: newestFirst });
}

function disagreements(manifest: Manifest, policy: PolicyText, file: string): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  const expectedName = `${policy.version}.${policy.lang}.json`;
  if (!file.endsWith(`/${expectedName}`)) {
    problems.push({ file, field: 'version', message: `belongs in a file named ${expectedName}` });
  }
  const listed = (purposes: readonly { id: string; kind: string }[]): string =>
    purposes.map((purpose) => `${purpose.id} (${purpose.kind})`).join(', ');
  if (listed(policy.label.purposes) !== listed(manifest.purposes)) {
    const message = `are ${listed(policy.label.purposes)}; the manifest has ${listed(manifest.purposes)}`;
    problems.push({ file, field: 'label.purposes', message });
  }
  policy.label.items.forEach((item, index) => {
    if (!manifest.purposes.some((purpose) => purpose.id === item.purpose)) {
      const message = `"${item.purpose}" is no purpose of the service`;
      problems.push({ file, field: `label.items.${index}.purpose`, message });
    }
  });
  const ids = policy.sections.map((section) => section.id);
  if (new Set(ids).size !== ids.length) {
    problems.push({ file, field: 'sections', message: 'uses an id twice' });
  }
  return problems;
}

function parseFile<Value>(
  { file, text }: ProfileFile,
  schema: z.ZodType<Value>,
): Result<Value, ProfileProblem[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed([{ file, field: '(whole file)', message: `is not JSON: ${String(error)}` }]);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return failed(
    parsed.error.issues.map((issue) => ({
      file,
      field: issue.path.length > 0 ? issue.path.join('.') : '(whole file)',
      message: issue.message,
    })),
  );
}
