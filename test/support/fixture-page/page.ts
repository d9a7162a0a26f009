import certiron from '../../../resources/services/certiron/manifest.json';
import certironPolicy from '../../../resources/services/certiron/policy/2026-01.en.json';
import integro from '../../../resources/services/integro/manifest.json';
import integroPolicy from '../../../resources/services/integro/policy/2026-05-15.en.json';
import katror from '../../../resources/services/katror/manifest.json';
import katrorPolicy from '../../../resources/services/katror/policy/2026-01.en.json';
import { manifestSchema } from '../../../src-shared/manifest.js';
import { policyTextSchema } from '../../../src-shared/policy-text.js';
import {
  createFixtureBridge,
  type FixtureOptions,
  type FixtureService,
} from '../fixture-bridge.js';

/** The window's content on a main process in memory: the address's `?state=` is JSON laid over {@link FixtureOptions}. */
const files: readonly (readonly [unknown, unknown])[] = [
  [integro, integroPolicy],
  [katror, katrorPolicy],
  [certiron, certironPolicy],
];
const services = files.map(([manifest, policy]): FixtureService => ({
  manifest: manifestSchema.parse(manifest),
  policy: policyTextSchema.parse(policy),
}));
const asked = new URLSearchParams(location.search).get('state') ?? '{}';
const options: FixtureOptions = {
  services,
  nowMs: () => Date.now(),
  ...(JSON.parse(asked) as Partial<FixtureOptions>),
};
Object.assign(window, { sayso: createFixtureBridge(options) });
await import('../../../src-renderer/main.js');
