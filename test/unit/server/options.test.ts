import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../src-server/options.js';

describe('the command line', () => {
  it('has defaults', () => {
    expect(readOptions([])).toEqual({
      ok: true,
      value: { port: 0, data: '.sayso/server', services: undefined, rotateKey: false },
    });
  });

  it('reads every option in both forms', () => {
    expect(readOptions(['--port', '8080', '--data=d', '--services', 's', '--rotate-key'])).toEqual({
      ok: true,
      value: { port: 8080, data: 'd', services: 's', rotateKey: true },
    });
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['stray'], 'stray'],
    [['--port'], '--port'],
    [['--port', 'x'], '"x"'],
    [['--port', '65536'], '65535'],
    [['--port', '-1'], '--port'],
    [['--data', ''], '--data'],
    [['--database', 'postgres://u:hunter2@h/d'], 'not built yet'],
    [['--database', 'postgresql://h/d'], 'not built yet'],
    [['--database', 'mysql://h/d'], 'postgres://'],
  ])('refuses %j and says why', (argv, expected) => {
    const read = readOptions(argv);
    expect(read.ok ? 'taken' : read.error).toContain(expected);
    expect(read.ok ? '' : read.error).not.toContain('hunter2');
  });
});
