import { describe, expect, test } from 'vitest';
import { withValueAt, type Place } from './json-places.js';
import {
  MANIFEST_FILE,
  problemsOf,
  readSample,
  sampleManifest,
  samplePolicy,
} from './sample-profile.js';
import { serviceFolders, shippedProfile } from './profile-folders.js';

function fieldsOf(place: Place, value: unknown): string[] {
  const read = readSample(withValueAt(sampleManifest(), place, value), samplePolicy());
  return problemsOf(read).map(({ at }) => at);
}

const tool = { id: 'other', purpose: 'analytics', kind: 'pixel', hosts: [] };

describe('a tool is refused by file and field', () => {
  const cases: [what: string, place: Place, value: unknown, field: string][] = [
    ['for a purpose that nobody has', ['tools', 0, 'purpose'], 'research', 'tools.0.purpose'],
    ['for what is always on', ['tools', 0, 'purpose'], 'necessary', 'tools.0.purpose'],
    ['for every purpose at once', ['tools', 0, 'purpose'], '*', 'tools.0.purpose'],
    ['under an id that is there', ['tools', 1], { ...tool, id: 'counter' }, 'tools'],
    ['with a member nobody knows', ['tools', 0, 'always'], true, 'tools.0'],
  ];
  test.each(cases)('%s', (_what, place, value, field) => {
    expect(fieldsOf(place, value)).toContain(
      `${MANIFEST_FILE} ${field.replace('.always', '')}`.trim(),
    );
  });

  test.each([
    '*.example',
    '*',
    'Counter.example',
    'counter.example/path',
    'https://counter.example',
    'user@counter.example',
    'counter.example:443',
    'counter',
    '2130706433',
    'bücher.example',
    '',
  ])('with %j for a host', (host) => {
    expect(fieldsOf(['tools', 0, 'hosts', 0], host)).toContain(`${MANIFEST_FILE} tools.0.hosts.0`);
  });
});

test.each(['counter.example', 'counter.example:8443', '127.0.0.5:4100', 'xn--bcher-kva.example'])(
  'a host in the form a browser gives it is taken: %s',
  (host) => {
    expect(fieldsOf(['tools', 0, 'hosts', 0], host)).toEqual([]);
  },
);

test('a profile that names no tool has none', () => {
  const read = readSample(withValueAt(sampleManifest(), ['tools'], undefined), samplePolicy());
  expect(read).toMatchObject({ ok: true, value: { manifest: { tools: [] } } });
});

test.each(serviceFolders())('%s ships without any tool, as its policy says', (folder) => {
  expect(shippedProfile(folder).manifest.tools).toEqual([]);
});
