import { Knex } from 'knex';
import { ContextContent } from '../../campaigns/context';
import { JobRow } from '../../database/operations/jobs/tables';
import { ContextRevisionRow } from '../../database/tables';
import { GatewayError } from '../GatewayError';

/**
 * A model is for the steps that ask one: an agent, or a command of the campaign,
 * which may be an agent of another make. The code of a repository, in whose
 * sandbox the token lies, has no other use for it.
 *
 * @throws GatewayError where no step of the job asks for a model
 */
export async function assertMayAsk(
  database: Knex,
  job: Pick<JobRow, 'task' | 'revision_id'>,
): Promise<void> {
  if (job.task !== 'scan') {
    const revision = await database<ContextRevisionRow>('context_revisions')
      .where({ id: job.revision_id })
      .first('content');
    const { steps = [] }: Pick<ContextContent, 'steps'> = JSON.parse(
      revision?.content ?? '{}',
    );
    if (steps.some(({ type }) => type === 'agent' || type === 'command')) {
      return;
    }
  }
  throw new GatewayError(
    'No step of this job asks a model: the campaign has neither an agent nor a command',
    { status: 403, type: 'permission_error' },
  );
}
