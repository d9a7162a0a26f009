/** What a program is started with so that it does not run as root. */
export interface OrdinaryUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** "nobody" and its group on Linux. */
const NOBODY = 65_534;

/** PostgreSQL refuses to run as root, so for root it is somebody who owns nothing; else it is whoever runs the tests. */
export function ordinaryUser(): OrdinaryUser {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}
