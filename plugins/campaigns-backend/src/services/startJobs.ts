import { ModelGateway } from '../gateway';
import {
  createJobProtocolRouter,
  JobProtocolServer,
  JobWorker,
  LocalJobExecutor,
} from '../jobs';
import { JobQueue } from '../queue';
import { readJobsConfig } from '../readConfig';
import { RepositoryMirrors } from '../repositories';
import { ReviewService } from '../review';
import { SchemaSource } from '../schemas';
import { Telemetry } from '../telemetry';
import { ServicesOptions } from './ServicesOptions';

/** Starts to carry out jobs, and to serve their protocol. */
export async function startJobs(
  options: ServicesOptions,
  source: RepositoryMirrors,
  gateway: ModelGateway,
  schemas: SchemaSource,
  reviews: ReviewService,
) {
  const { changes, config, extensions, knex, logger } = options;
  const { limits, ...local } = readJobsConfig(config);
  const queue = JobQueue.create({ database: knex, changes });
  const server = JobProtocolServer.start(
    createJobProtocolRouter({
      database: knex,
      queue,
      source,
      reviews,
      gateway,
      schemas,
      changes,
      limits,
      logger,
    }),
  );
  const own = extensions.jobExecutor
    ? undefined
    : await LocalJobExecutor.create({ ...local, server, logger });
  const executor = extensions.jobExecutor ?? own!;
  const telemetry = Telemetry.fromConfig(config, { knex, logger });
  const worker = JobWorker.start({
    database: knex,
    queue,
    executor,
    changes,
    limits,
    logger,
    telemetry,
  });
  // The local one says so itself, and again and again where jobs are not confined.
  if (!own) {
    const { description, sandboxed } = await executor.describeSandbox();
    const sentence = `Jobs run with the executor '${executor.id}'. ${description}`;
    if (sandboxed) logger.info(sentence);
    else logger.warn(sentence);
  }
  return {
    executor,
    worker,
    async stop() {
      await worker.stop();
      await server.stop();
      await own?.stop();
      await telemetry.stop();
    },
  };
}
