import { afterAll, beforeAll } from 'vitest';
import { startCluster, type Cluster } from './cluster.js';

/** One real PostgreSQL for all tests of a file; made before the first and removed after the last. */
export function usePostgres(): Pick<Cluster, 'newDatabase' | 'crash' | 'start'> {
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(async () => {
    await cluster?.remove();
  });
  const running = (): Cluster => {
    if (!cluster) throw new Error('PostgreSQL runs only while tests do');
    return cluster;
  };
  return {
    newDatabase: () => running().newDatabase(),
    crash: () => running().crash(),
    start: () => running().start(),
  };
}
