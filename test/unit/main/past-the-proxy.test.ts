import { describe, expect, test } from 'vitest';
import { pastTheProxy } from '../../../src-main/site/past-the-proxy.js';

describe('what need not go through the proxy', () => {
  test.each([
    ['https://service.example/pages/', ['service.example:443']],
    ['https://service.example:8443/', ['service.example:8443']],
    ['http://127.0.0.1:4000/certiron/', ['127.0.0.1:4000']],
    ['http://[::1]/', ['[::1]:80']],
  ])('of %s is its host at one port', (site, rules) => {
    expect(pastTheProxy(site)).toEqual(rules);
  });

  test.each([null, '', 'service.example', 'file:///etc/hosts'])('of %s is nothing', (site) => {
    expect(pastTheProxy(site)).toEqual([]);
  });
});
