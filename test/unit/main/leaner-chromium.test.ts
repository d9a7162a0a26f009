import { describe, expect, it } from 'vitest';
import { leaveOutUnneeded } from '../../../src-main/leaner-chromium.js';

function commandLineWith(features: string): {
  appended: Map<string, string | undefined>;
  appendSwitch: (name: string, value?: string) => void;
  getSwitchValue: (name: string) => string;
} {
  const appended = new Map<string, string | undefined>();
  return {
    appended,
    appendSwitch: (name, value) => {
      appended.set(name, value);
    },
    getSwitchValue: (name) => (name === 'enable-features' ? features : ''),
  };
}

describe('what Chromium leaves out', () => {
  it('on Linux: the process of the network service, and the graphics card', () => {
    const line = commandLineWith('');
    leaveOutUnneeded(line, 'linux');
    expect(Object.fromEntries(line.appended)).toEqual({
      'enable-features': 'NetworkServiceInProcess2',
      'disable-gpu': undefined,
      'disable-software-rasterizer': undefined,
    });
  });

  it('keeps the features that whoever starts Sayso asks for', () => {
    const line = commandLineWith('One,Two');
    leaveOutUnneeded(line, 'linux');
    expect(line.appended.get('enable-features')).toBe('One,Two,NetworkServiceInProcess2');
  });

  it.each(['darwin', 'win32'] as const)('nothing on %s, where it was not measured', (platform) => {
    const line = commandLineWith('');
    leaveOutUnneeded(line, platform);
    expect(line.appended.size).toBe(0);
  });
});
