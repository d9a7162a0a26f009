import { describe, expect, it } from 'vitest';
import { createPostgresStore } from '../../../src-server/store/postgres.js';
import { usePostgres } from '../../support/postgres/use-postgres.js';

const postgres = usePostgres();

describe('opening', () => {
  it('opens an empty database', async () => {
    const t0 = performance.now();
    const address = await postgres.newDatabase();
    const t1 = performance.now();
    const store = await createPostgresStore(address, 1000);
    const t2 = performance.now();
    await store.prove();
    expect(store.feed).toMatch(/^[0-9a-f]{16}$/);
    await store.close();
    console.log(t1 - t0, t2 - t1, performance.now() - t2);
  });
});
