/** Which kind of run this is: an ordinary `npm test`, the long `npm run test:deep`, or one of many under mutation. */
type Depth = 'usual' | 'deep' | 'mutation';

/** How often a property about random histories, requests to a server, or payloads from a window is tried. */
const RUNS: Readonly<
  Record<'histories' | 'requests' | 'payloads', Readonly<Record<Depth, number>>>
> = {
  histories: { usual: 5_000, deep: 100_000, mutation: 50 },
  requests: { usual: 300, deep: 20_000, mutation: 1 },
  payloads: { usual: 20_000, deep: 1_000_000, mutation: 20 },
};

/** How often something slow is done again: a process killed, a byte of a file flipped, a history on a bad network. */
const ROUNDS: Readonly<
  Record<
    'kill' | 'serverKills' | 'flips' | 'networks' | 'canaries' | 'browserCanaries',
    Readonly<Record<Depth, number>>
  >
> = {
  kill: { usual: 50, deep: 1_000, mutation: 1 },
  serverKills: { usual: 10, deep: 300, mutation: 1 },
  flips: { usual: 50, deep: 2_000, mutation: 1 },
  networks: { usual: 50, deep: 2_000, mutation: 1 },
  canaries: { usual: 5, deep: 100, mutation: 1 },
  browserCanaries: { usual: 1, deep: 20, mutation: 1 },
};

/** Read from `SAYSO_MUTATION` and `SAYSO_DEEP`, which `npm run mutation` and `npm run test:deep` set to 1. */
function depthOf(environment: Readonly<Record<string, string | undefined>>): Depth {
  if (environment['SAYSO_MUTATION'] === '1') return 'mutation';
  return environment['SAYSO_DEEP'] === '1' ? 'deep' : 'usual';
}

/** Whether this is the long run. */
export function isDeep(): boolean {
  return depthOf(process.env) === 'deep';
}

/** How many random histories or requests a property is tried with in this run. */
export function runsOf(kind: keyof typeof RUNS): number {
  return RUNS[kind][depthOf(process.env)];
}

/** How many rounds of `kind` this run goes. */
export function rounds(kind: keyof typeof ROUNDS): number {
  return ROUNDS[kind][depthOf(process.env)];
}
