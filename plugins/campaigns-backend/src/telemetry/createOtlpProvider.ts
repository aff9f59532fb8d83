import { Config } from '@backstage/config';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** Sends spans to the receiver of `campaigns.telemetry.otlp`. */
export function createOtlpProvider(otlp: Config): BasicTracerProvider {
  return new BasicTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': otlp.getOptionalString('serviceName') ?? 'skein',
      }),
    ),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({
          // Without an address the standard variables (OTEL_EXPORTER_OTLP_…) say where to.
          url: otlp.getOptionalString('url'),
          headers: otlp.getOptional<Record<string, string>>('headers'),
        }),
      ),
    ],
  });
}
