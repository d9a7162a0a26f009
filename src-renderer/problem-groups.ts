import type { ProfileProblem } from '../src-shared/manifest.js';

/** The mistakes found in the profile of one service, which is known only by its folder. */
export interface UnusableService {
  readonly folder: string;
  readonly problems: readonly ProfileProblem[];
}

/** Groups problems by the folder their files lie in, in the order in which they were found. */
export function unusableServices(problems: readonly ProfileProblem[]): UnusableService[] {
  const folders = [...new Set(problems.map(folderOf))];
  return folders.map((folder) => ({
    folder,
    problems: problems.filter((problem) => folderOf(problem) === folder),
  }));
}

function folderOf({ file }: ProfileProblem): string {
  return file.split(/[\\/]/)[0] ?? file;
}
