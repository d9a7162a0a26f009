import { expect } from 'vitest';
import { SEND_AFTER_MS } from '../../../src-main/usage/adapter.js';
import { usageAdapter } from '../../../src-main/usage/index.js';
import { probeTool } from '../../support/gate/probe-tool.js';
import { test as base } from '../../support/gate/gate-device.js';
import { until } from '../../support/client/server-world.js';

/** The real tool in the place of the probe; the fixture declares its tool under the probe's kind. */
const test = base.extend({ adapter: { ...usageAdapter, kind: probeTool().adapter.kind } });

interface Sent {
  readonly resourceMetrics: readonly {
    readonly resource: {
      readonly attributes: readonly { key: string; value: { stringValue: string } }[];
    };
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum: {
          readonly dataPoints: readonly {
            asInt?: number;
            asDouble?: number;
            attributes: unknown[];
          }[];
        };
      }[];
    }[];
  }[];
}

test('counts only after a yes, sends an aggregate without any identifier, and has it forgotten after a no', async ({
  device,
}) => {
  const { rig, way } = device;
  const read = () => rig.handlers['policy.read']({ service: 'alpha' });
  await read();
  await device.press('accept-all');
  await device.turn();
  await read();
  await read();
  await rig.handlers['history.read']({ service: 'alpha', before: null });
  expect(way.sent).toEqual([]);
  expect(rig.toolTimers.delaysMs()).toContain(SEND_AFTER_MS);
  rig.toolTimers.fireAll();
  await until(() => expect(way.sent).toHaveLength(1));
  const [first] = way.sent;
  expect(first?.address).toBe('http://127.0.0.1:9/alpha/otlp/v1/metrics');
  const sent = JSON.parse(first?.body ?? '') as Sent;
  const [about] = sent.resourceMetrics;
  expect(about?.resource.attributes.map(({ key }) => key)).toEqual(['sayso.batch']);
  const points = about?.scopeMetrics.flatMap(({ metrics }) =>
    metrics.flatMap(({ name, sum }) =>
      sum.dataPoints.map((point) => [name, point.asInt ?? point.asDouble]),
    ),
  );
  expect(points?.toSorted()).toEqual([
    ['sayso.pages.opened', 1],
    ['sayso.pages.opened', 2],
  ]);
  const { store } = rig;
  for (const secret of [store.meta.profileId(), store.meta.deviceId('alpha')]) {
    expect(first?.body).not.toContain(secret);
  }
  await until(() => expect(store.toolData.tools('alpha')).toEqual([]));

  await read();
  rig.toolTimers.fireAll();
  await until(() => expect(way.sent).toHaveLength(2));
  const batches = way.sent.map(
    ({ body }) =>
      (JSON.parse(body) as Sent).resourceMetrics[0]?.resource.attributes[0]?.value.stringValue,
  );
  expect(new Set(batches).size, 'each under an id of its own').toBe(2);

  await read();
  await device.press('withdraw');
  await until(() => expect(way.sent).toHaveLength(3));
  expect(way.sent[2]?.address).toBe('http://127.0.0.1:9/alpha/otlp/forget');
  const asked = JSON.parse(way.sent[2]?.body ?? '') as { batches: string[] };
  expect(asked.batches.toSorted()).toEqual(batches.toSorted());
  await read();
  rig.toolTimers.fireAll();
  await device.turn();
  expect(way.sent).toHaveLength(3);
  expect(store.toolData.tools('alpha')).toEqual([]);
});
