import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  rulingForPageRequest,
  rulingForToolRequest,
  type RuledTool,
} from '../../../../src-shared/gate/request.js';

const open: RuledTool = {
  tool: { id: 'counter', hosts: ['counter.example', '127.0.0.5:4100'] },
  ruling: { isOpen: true },
};
const closed: RuledTool = {
  tool: { id: 'adverts', hosts: ['adverts.example'] },
  ruling: { isOpen: false, reason: 'refused' },
};
const OWN = ['service.example'];

describe('a request of a page', () => {
  const passes = (address: string) => rulingForPageRequest(address, [open, closed], OWN);
  test.each(['https://service.example/a', 'wss://service.example/b'])(
    'passes to the service itself: %s',
    (address) => {
      expect(passes(address)).toEqual({ tool: null, host: 'service.example', isAllowed: true });
    },
  );
  test.each(['https://counter.example/p', 'https://counter.example:443/p', 'ws://127.0.0.5:4100/'])(
    'passes to what an open tool declares: %s',
    (address) => {
      expect(passes(address)).toMatchObject({ tool: 'counter', isAllowed: true });
    },
  );
  test('is refused to what a closed tool declares, with its reason', () => {
    expect(passes('https://adverts.example/')).toEqual({
      tool: 'adverts',
      host: 'adverts.example',
      isAllowed: false,
      reason: 'refused',
    });
  });
  test.each([
    ['https://elsewhere.example/', 'host-not-declared'],
    ['https://sub.counter.example/', 'host-not-declared'],
    ['https://counter.example.evil.example/', 'host-not-declared'],
    ['https://counter.example:8443/', 'host-not-declared'],
    ['https://service.example:8443/', 'host-not-declared'],
    ['http://127.0.0.5:4101/', 'host-not-declared'],
    ['http://counter.example/', 'in-the-clear'],
    ['ws://service.example/', 'in-the-clear'],
    ['https://counter.example@elsewhere.example/', 'not-an-address'],
    ['https://user:word@counter.example/', 'not-an-address'],
    ['file:///etc/passwd', 'not-an-address'],
    ['ftp://counter.example/', 'not-an-address'],
    ['counter.example', 'not-an-address'],
    ['', 'not-an-address'],
  ])('is refused: %s', (address, reason) => {
    expect(passes(address)).toMatchObject({ isAllowed: false, reason });
  });
  test('passes where one of two tools that declare the host is open', () => {
    const twin = { ...closed, tool: { id: 'twin', hosts: ['counter.example'] } };
    expect(rulingForPageRequest('https://counter.example/', [twin, open], OWN)).toMatchObject({
      tool: 'counter',
      isAllowed: true,
    });
  });
});

describe('a request of a tool', () => {
  test.each(['https://counter.example/', 'https://service.example/collect'])(
    'passes: %s',
    (address) => {
      expect(rulingForToolRequest(address, open, OWN)).toMatchObject({
        tool: 'counter',
        isAllowed: true,
      });
    },
  );
  test('is refused anywhere while the tool is closed, also to the service itself', () => {
    for (const address of ['https://adverts.example/', 'https://service.example/', 'nonsense']) {
      expect(rulingForToolRequest(address, closed, OWN)).toMatchObject({
        isAllowed: false,
        reason: 'refused',
      });
    }
  });
  test("is refused to another tool's host", () => {
    expect(rulingForToolRequest('https://adverts.example/', open, OWN)).toMatchObject({
      isAllowed: false,
      reason: 'host-not-declared',
    });
  });
});

test('whatever the address, it throws nothing and lets nothing pass that was not declared', () => {
  const hosts = ['service.example', 'counter.example', '127.0.0.5:4100'];
  const anyAddress = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom(...hosts).map((host) => `https://${host}/x`),
  );
  fc.assert(
    fc.property(anyAddress, (address) => {
      const ruling = rulingForPageRequest(address, [open, closed], OWN);
      if (ruling.isAllowed) expect(hosts).toContain(new URL(address).host);
    }),
    { numRuns: 2000 },
  );
});
