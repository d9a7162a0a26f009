import { describe, expect, it } from 'vitest';
import { createLiveServices } from '../../../src-server/services/live-services.js';
import { publish, type PublishedService } from '../../../src-server/services/published.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';

const alpha = publish(fixtureProfile('alpha'));
const beta = publish(fixtureProfile('beta'));

/** The profile of alpha with one more version on top. */
function withVersion(version: string): PublishedService {
  const profile = fixtureProfile('alpha');
  const [newest] = profile.policies;
  if (!newest) throw new Error('the fixture has no policy');
  return publish({ ...profile, policies: [{ ...newest, version }, ...profile.policies] });
}

describe('services that are published anew', () => {
  it('answer with what was published last, and say so once', () => {
    const live = createLiveServices([alpha, beta]);
    const heard: string[][] = [];
    const stop = live.listen((service, version) => heard.push([service, version]));
    const [served] = live.services;
    expect(live.publish([withVersion('2028-01'), beta])).toEqual([]);
    expect(live.publish([withVersion('2028-01'), beta])).toEqual([]);
    expect(served?.newestVersion).toBe('2028-01');
    expect(served?.policy('2028-01', 'en')).toBeDefined();
    expect(served?.texts).toHaveLength(alpha.texts.length + 1);
    expect(served && alpha.texts.every(served.knowsPolicy)).toBe(true);
    stop();
    live.publish([withVersion('2029-01'), beta]);
    expect(heard).toEqual([['alpha', '2028-01']]);
  });

  it('keep every text that was published', () => {
    const live = createLiveServices([withVersion('2028-01'), beta]);
    expect(live.publish([alpha, beta])).toEqual([
      { service: 'alpha', remark: 'changes-a-published-text' },
    ]);
    expect(live.services[0]?.newestVersion).toBe('2028-01');
  });

  it('go on as they were when their profile is gone, and a new one waits for the next start', () => {
    const live = createLiveServices([alpha, beta]);
    const gamma = publish(fixtureProfile('gamma'));
    expect(live.publish([alpha, gamma])).toEqual([
      { service: 'beta', remark: 'is-gone-or-unreadable' },
      { service: 'gamma', remark: 'new-service-needs-a-restart' },
    ]);
    expect(live.services.map(({ id, manifest }) => [id, manifest.etag])).toEqual([
      ['alpha', alpha.manifest.etag],
      ['beta', beta.manifest.etag],
    ]);
  });
});
