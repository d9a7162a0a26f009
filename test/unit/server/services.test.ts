import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readServices } from '../../../src-server/services/read-services.js';
import { fixtureFiles } from '../../support/fixtures/service-profile.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-profiles-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function writeService(id: string, change: (text: string) => string = (text) => text) {
  const { manifest, policies } = fixtureFiles(id);
  for (const { file, text } of [manifest, ...policies]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), change(text));
  }
}

describe('a folder of profiles', () => {
  it('serves what is good and names file and field of what is not', async () => {
    await writeService('beta');
    await writeService('alpha');
    await writeService('broken', (text) => text.replace('"banner":"choice"', '"banner":"loud"'));
    await writeService('surrogate', (text) => text.replace('“ok”', '\\ud800'));
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'README.md'), 'not a service');
    const { services, problems } = await readServices(folder);
    expect(services.map((service) => service.id)).toEqual(['alpha', 'beta']);
    expect(problems.map(({ file, field }) => [file, field])).toEqual([
      ['broken/manifest.json', 'banner'],
      ['empty', '(folder)'],
      ['surrogate/policy', '$.sections[0].blocks[0].text'],
    ]);
  });

  it('serves the three services that come with the project', async () => {
    const { services, problems } = await readServices(join(process.cwd(), 'resources', 'services'));
    expect(problems).toEqual([]);
    expect(services.map((service) => service.id)).toEqual(['certiron', 'integro', 'katror']);
  });
});
