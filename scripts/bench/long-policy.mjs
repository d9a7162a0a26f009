import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';

const SECTIONS = 200;
const POLICY = join('resources', 'services', 'integro', 'policy', '2026-05-15.en.json');

/**
 * A copy of the built app that ships a policy of 200 sections: the real ones over and over, each under an id of its own.
 *
 * @param {string} folder where it goes; made where it is missing
 * @returns {Promise<string>} path of its main script
 */
export async function appWithLongPolicy(folder) {
  for (const part of ['out', 'resources', 'package.json'])
    await cp(join(rootFolder(), part), join(folder, part), { recursive: true });
  await symlink(join(rootFolder(), 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, POLICY);
  const policy = JSON.parse(await readFile(file, 'utf8'));
  const { sections } = policy;
  policy.sections = Array.from({ length: SECTIONS }, (_one, place) => {
    const section = sections[place % sections.length];
    return {
      ...section,
      id: `${section.id}-${place}`,
      heading: `${place + 1}. ${section.heading}`,
    };
  });
  await writeFile(file, JSON.stringify(policy));
  return join(folder, 'out', 'main', 'index.js');
}
