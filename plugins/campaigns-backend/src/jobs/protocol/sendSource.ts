import { CustomErrorBase } from '@backstage/errors';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Response } from 'express';
import { pipeline } from 'stream/promises';
import { insertJobEvents } from '../../database/operations/jobs/insertJobEvents';
import { recordBaseCommit } from '../../database/operations/jobs/recordBaseCommit';
import { TargetRow } from '../../database/tables';
import { oneLine } from '../oneLine';
import type { AttemptSession } from './AttemptSession';
import type { JobProtocolOptions } from './createJobProtocolRouter';

class SourceUnavailableError extends CustomErrorBase {
  name = 'SourceUnavailableError' as const;
}

/**
 * Streams the tree of the default branch's head as a bundle, or of the commit
 * that a trial is to repeat. The commit of the first request is the attempt's
 * from then on, whatever is pushed meanwhile.
 */
export async function sendSource(
  { database, source, logger }: JobProtocolOptions,
  { job, attempt }: AttemptSession,
  response: Response,
): Promise<void> {
  const repository = await repositoryOf(database, job.target_id);
  const key = { jobId: job.id, number: attempt.number };
  let bundle;
  try {
    // A scan follows a merge at once: what the mirror knew before says nothing.
    const head = await source.head(repository, { force: job.task === 'scan' });
    const commit = await recordBaseCommit(
      database,
      key,
      job.base_commit ?? head.commit,
    );
    bundle = await source.bundle({ ...head, commit });
  } catch (error) {
    const message = `The repository could not be read: ${oneLine(
      String((error as Error).message),
    )}`;
    logger.warn(`Job ${job.id}: ${message}`, error as Error);
    await insertJobEvents(database, job.id, attempt.number, [
      { type: 'log', level: 'error', phase: 'source', message },
    ]);
    throw new SourceUnavailableError(message);
  }
  response.setHeader('Content-Type', 'application/x-git-bundle');
  try {
    await pipeline(bundle, response);
  } catch (error) {
    // The runner sees a body that ends too early; there is nothing left to answer.
    logger.warn(`Job ${job.id}: sending the source failed`, error as Error);
    response.destroy();
  }
}

async function repositoryOf(
  database: JobProtocolOptions['database'],
  targetId: string,
): Promise<RepositoryRef> {
  const target = await database<TargetRow>('targets')
    .where({ id: targetId })
    .first('repo_host', 'repo_owner', 'repo_name');
  return {
    host: target!.repo_host,
    owner: target!.repo_owner,
    name: target!.repo_name,
  };
}
