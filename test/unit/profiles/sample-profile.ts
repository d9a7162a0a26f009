import {
  readProfile,
  type Manifest,
  type ProfileProblem,
  type ServiceProfile,
} from '../../../src-shared/manifest.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import type { Result } from '../../../src-shared/result.js';

export const MANIFEST_FILE = 'sample/manifest.json';
export const POLICY_FILE = 'sample/policy/1.en.json';

/** A small correct manifest, fresh at every call, for tests that break one thing in it. */
export function sampleManifest(): Manifest {
  return {
    schema: 1,
    id: 'sample',
    name: 'Sample',
    publisher: 'Sample publisher',
    baseAddress: 'https://sample.example/sayso',
    signIn: 'password',
    banner: 'choice',
    languages: ['en'],
    purposes: [
      { id: 'necessary', kind: 'necessary' },
      { id: 'analytics', kind: 'optional' },
    ],
    tools: [{ id: 'counter', purpose: 'analytics', kind: 'pixel', hosts: ['counter.example'] }],
    site: 'https://sample.example/',
  };
}

/** The policy text that belongs to `sampleManifest`; every member of the schema occurs in it at least once. */
export function samplePolicy(): PolicyText {
  const retention = { text: 'Up to 30 days.', longestDays: 30 };
  return {
    version: '1',
    lang: 'en',
    dated: '2026-02-03',
    effectiveAt: '2026-02-03T00:00:00Z',
    changes: [{ kind: 'item', purposes: ['analytics'], material: true, summary: 'A new item.' }],
    label: {
      publisher: 'Sample publisher',
      summary: 'A sample.',
      purposes: [
        purpose('necessary', 'necessary', retention),
        purpose('analytics', 'optional', retention),
      ],
      items: [
        { name: 'a', purpose: 'analytics', storage: 'cookie', what: 'Counts pages.', retention },
      ],
      thirdParties: [{ name: 'Other', what: 'Counts too.' }],
      notDone: ['No advertising.'],
      howToWithdraw: 'Turn it off.',
      contacts: [{ about: 'Your data', email: 'privacy@sample.example', text: 'Write there.' }],
    },
    sections: [
      { id: 'one', heading: 'One', blocks: [{ kind: 'paragraph', text: 'Text.' }] },
      { id: 'two', heading: 'Two', blocks: [{ kind: 'list', items: ['An entry.'] }] },
    ],
  };
}

function purpose(
  id: string,
  kind: 'necessary' | 'optional',
  retention: PolicyText['label']['purposes'][number]['retention'],
): PolicyText['label']['purposes'][number] {
  const words = { name: id, what: 'What it does.', why: 'Why it does it.' };
  return { id, kind, ...words, data: ['Pages opened'], recipients: ['Other'], retention };
}

/** Reads a manifest and a policy given as JSON values, as if they lay in the folder `sample`. */
export function readSample(
  manifest: unknown,
  policy: unknown,
): Result<ServiceProfile, readonly ProfileProblem[]> {
  return readProfile('sample', { file: MANIFEST_FILE, text: JSON.stringify(manifest) }, [
    { file: POLICY_FILE, text: JSON.stringify(policy) },
  ]);
}

/** The problems of a refused profile as "file field" and message; none when it was accepted. */
export function problemsOf(
  read: Result<ServiceProfile, readonly ProfileProblem[]>,
): { at: string; message: string }[] {
  if (read.ok) return [];
  return read.error.map(({ file, field, message }) => ({ at: `${file} ${field}`, message }));
}
