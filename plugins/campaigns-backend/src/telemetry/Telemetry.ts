import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { trace, Tracer } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { Knex } from 'knex';
import { createOtlpProvider } from './createOtlpProvider';
import { traceAttempt } from './traceAttempt';

const NAME = '@skein/plugin-campaigns-backend';

/**
 * Where the spans of agents go: to whatever OpenTelemetry SDK the operator has
 * set up in this process, or, with `campaigns.telemetry.otlp`, to a receiver of
 * their own.
 */
export class Telemetry {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #tracer: Tracer;
  readonly #provider: BasicTracerProvider | undefined;

  private constructor(
    knex: Knex,
    logger: LoggerService,
    tracer: Tracer,
    provider?: BasicTracerProvider,
  ) {
    this.#knex = knex;
    this.#logger = logger;
    this.#tracer = tracer;
    this.#provider = provider;
  }

  static fromConfig(
    config: Config,
    { knex, logger }: { knex: Knex; logger: LoggerService },
  ): Telemetry {
    const otlp = config.getOptionalConfig('campaigns.telemetry.otlp');
    if (!otlp) return new Telemetry(knex, logger, trace.getTracer(NAME));
    const provider = createOtlpProvider(otlp);
    return new Telemetry(knex, logger, provider.getTracer(NAME), provider);
  }

  /** Makes the spans of an attempt that has ended. What fails here fails nothing else. */
  async trace(attempt: { jobId: string; number: number }): Promise<void> {
    try {
      await traceAttempt(this.#knex, this.#tracer, attempt);
    } catch (error) {
      this.#logger.warn(
        `Job ${attempt.jobId}: no trace was made`,
        error as Error,
      );
    }
  }

  /** Sends what waits. */
  async stop(): Promise<void> {
    await this.#provider?.shutdown().catch(error => {
      this.#logger.warn('The last traces were not sent', error);
    });
  }
}
