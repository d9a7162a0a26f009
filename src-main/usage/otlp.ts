import { JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { Tally } from './tally.js';

/** A reader that collects when it is asked to and has no timer of its own. */
class ReaderOnDemand extends MetricReader {
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * A tally as the body of an OTLP/HTTP request in JSON (OpenTelemetry Protocol 1.x, `ExportMetricsServiceRequest`): two counters with
 * what happened as their only attribute.
 * @param batch the random id of this request alone, as the resource's only attribute: nothing says whose it is.
 */
export async function otlpBody(tally: Tally, batch: string): Promise<string> {
  const reader = new ReaderOnDemand({
    aggregationTemporalitySelector: () => AggregationTemporality.DELTA,
  });
  const provider = new MeterProvider({
    readers: [reader],
    // Not the default one, which names the process and the library's version.
    resource: resourceFromAttributes({ 'sayso.batch': batch }),
  });
  const meter = provider.getMeter('sayso');
  const pages = meter.createCounter('sayso.pages.opened');
  const actions = meter.createCounter('sayso.actions');
  for (const [name, times] of Object.entries(tally)) {
    const [kind, what = ''] = name.split(' ');
    if (kind === 'page') pages.add(times, { page: what });
    else actions.add(times, { action: what });
  }
  const { resourceMetrics } = await reader.collect();
  await provider.shutdown();
  return new TextDecoder().decode(JsonMetricsSerializer.serializeRequest(resourceMetrics));
}
