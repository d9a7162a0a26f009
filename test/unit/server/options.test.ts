import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../src-server/options.js';

describe('the command line', () => {
  it('has defaults', () => {
    expect(readOptions([])).toEqual({
      ok: true,
      value: {
        port: 0,
        data: '.sayso/server',
        database: undefined,
        services: undefined,
        rotateKey: false,
      },
    });
  });

  it('reads every option in both forms', () => {
    expect(readOptions(['--port', '8080', '--data=d', '--services', 's', '--rotate-key'])).toEqual({
      ok: true,
      value: { port: 8080, data: 'd', database: undefined, services: 's', rotateKey: true },
    });
  });

  it('takes a port for metrics', () => {
    expect(readOptions(['--metrics-port', '0'])).toMatchObject({ value: { metricsPort: 0 } });
  });

  it('takes a provider, which has an address and a name for Sayso', () => {
    const argv = ['--issuer', 'https://login.example', '--client-id', 'sayso'];
    expect(readOptions(argv)).toMatchObject({
      value: { provider: { issuer: 'https://login.example', clientId: 'sayso' } },
    });
  });

  it.each(['postgres://u:p@h:5432/d', 'postgresql://h/d?sslmode=verify-full'])(
    'takes the database %s',
    (database) => {
      expect(readOptions(['--database', database])).toMatchObject({
        ok: true,
        value: { database },
      });
    },
  );

  it.each([
    [['--prot', '1'], '--prot'],
    [['stray'], 'stray'],
    [['--port'], '--port'],
    [['--port', 'x'], '"x"'],
    [['--port', '65536'], '65535'],
    [['--port', '-1'], '--port'],
    [['--metrics-port', 'x'], '--metrics-port'],
    [['--data', ''], '--data'],
    [['--issuer', 'https://login.example'], '--client-id'],
    [['--client-id', 'sayso'], '--issuer'],
    [['--issuer', 'http://login.example', '--client-id', 'sayso'], 'https'],
    [['--database', 'mysql://u:hunter2@h/d'], 'postgres://'],
    [['--database', 'postgres://u:hunter2@h'], 'name of the database'],
    [['--database', 'u:hunter2@h/d'], 'postgres://'],
    [['postgres://u:hunter2@h/d'], 'Unexpected argument'],
  ])('refuses %j and says why', (argv, expected) => {
    const read = readOptions(argv);
    expect(read.ok ? 'taken' : read.error).toContain(expected);
    expect(read.ok ? '' : read.error).not.toContain('hunter2');
  });
});
