import { z } from 'zod';

/** The random id of one batch of usage statistics: it names a request, and nobody. */
export const batchIdSchema = z.string().regex(/^[A-Za-z0-9-]{16,64}$/);

const textValueSchema = z.object({ stringValue: z.string().min(1).max(64) });
const pointSchema = z.object({
  attributes: z
    .array(z.object({ key: z.enum(['page', 'action']), value: textValueSchema }))
    .length(1),
  asDouble: z.number().min(0).max(1e9).optional(),
  // OTLP's JSON writes whole numbers as text.
  asInt: z.union([z.int().min(0), z.string().regex(/^\d{1,15}$/)]).optional(),
});
const metricSchema = z.object({
  name: z.enum(['sayso.pages.opened', 'sayso.actions']),
  sum: z.object({ dataPoints: z.array(pointSchema).max(100) }),
});

/**
 * Usage statistics as they travel: an `ExportMetricsServiceRequest` (OpenTelemetry Protocol 1.x, JSON) with the batch's random id as
 * the only attribute of its resource. Anything that could say more about whom it is of is not taken.
 */
export const usageSchema = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({
          attributes: z
            .array(
              z.object({
                key: z.literal('sayso.batch'),
                value: z.object({ stringValue: batchIdSchema }),
              }),
            )
            .length(1),
        }),
        scopeMetrics: z.array(z.object({ metrics: z.array(metricSchema).max(2) })).max(2),
      }),
    )
    .min(1)
    .max(10),
});

/** Asks the service to delete what came under these ids. */
export const forgetBatchesSchema = z.object({ batches: z.array(batchIdSchema).min(1).max(100) });
