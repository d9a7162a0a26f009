import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyApp } from '../app-copy.js';
import type { DeclaredTool } from '../../../src-shared/gate/tool.js';
import { samplePolicy } from '../../unit/profiles/sample-profile.js';

/**
 * The built app with one service more: a new folder and no code. It lies in a folder of its own, so that the app that ships has
 * no such service.
 * @returns path of the copy's main script.
 */
export function copyAppWithHostile(folder: string, tools: readonly DeclaredTool[]): string {
  const main = copyApp(folder);
  const service = path.join(folder, 'resources', 'services', 'hostile');
  mkdirSync(path.join(service, 'policy'), { recursive: true });
  const sample = samplePolicy();
  const [necessary, optional] = sample.label.purposes;
  const [item] = sample.label.items;
  if (!necessary || !optional || !item) throw new Error('the sample policy is not what it was');
  const purposes = [
    necessary,
    { ...optional, id: 'analytics', name: 'Analytics' },
    { ...optional, id: 'advertising', name: 'Advertising' },
  ];
  const label = {
    ...sample.label,
    purposes,
    items: [{ ...item, name: 'declared_by_page', purpose: 'necessary', storage: 'cookie' }],
  };
  const manifest = {
    schema: 1,
    id: 'hostile',
    name: 'Hostile',
    publisher: 'Sample publisher',
    baseAddress: 'https://hostile.example/sayso',
    signIn: 'password',
    banner: 'choice',
    languages: ['en'],
    purposes: purposes.map(({ id, kind }) => ({ id, kind })),
    tools,
  };
  writeFileSync(path.join(service, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(
    path.join(service, 'policy', '1.en.json'),
    JSON.stringify({ ...sample, label, changes: [] }),
  );
  return main;
}
