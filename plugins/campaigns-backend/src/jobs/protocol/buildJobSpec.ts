import { latestTemplates } from '@skein/agent-context';
import { NotFoundError } from '@backstage/errors';
import {
  JobLimits,
  JobSpec,
  JobStep,
  PROTOCOL_VERSION,
} from '@skein/job-runner';
import { Knex } from 'knex';
import { ContextContent } from '../../campaigns/context';
import { ContextStep } from '../../campaigns/contextStepsOf';
import { readVerification } from '../../campaigns/spec/readVerification';
import { JobRow } from '../../database/operations/jobs/tables';
import { readFeedback } from './readFeedback';
import { runnerTaskOf } from './runnerTaskOf';
import { ModelGateway } from '../../gateway';
import { findUpstream } from '../../lineage';
import { SchemaSource, withSchemas } from '../../schemas';
import { ContextRevisionRow, TargetRow } from '../../database/tables';

/** What the runner of an attempt is told: its target, and the context revision that the job names. */
export async function buildJobSpec(
  knex: Knex,
  job: JobRow,
  limits: JobLimits,
  told: { gateway: Pick<ModelGateway, 'settings'>; schemas: SchemaSource },
): Promise<JobSpec> {
  const target = await knex<TargetRow>('targets')
    .where({ id: job.target_id })
    .first();
  const revision = await knex<ContextRevisionRow>('context_revisions')
    .where({ id: job.revision_id })
    .first('content');
  if (!target || !revision) {
    throw new NotFoundError(
      `Job ${job.id} names a target or context revision that is gone`,
    );
  }
  const context = await withSchemas<ContextContent>(
    JSON.parse(revision.content),
    told.schemas,
  );
  return {
    protocolVersion: PROTOCOL_VERSION,
    jobId: job.id,
    attempt: job.attempts,
    task: runnerTaskOf(job),
    target: {
      repository: `${target.repo_host}/${target.repo_owner}/${target.repo_name}`,
      path: target.path,
      framework: target.framework,
    },
    mappings: context.mappings,
    options: {
      ...context.options,
      lineage: await findUpstream(
        knex,
        context.mappings.map(({ to }) => to),
      ),
    },
    ...(context.samples && { samples: context.samples }),
    steps: (context.steps ?? [{ type: 'mapping' as const }]).map(step =>
      toJobStep(step, told.gateway),
    ),
    // What an earlier change met in CI would give a trial a start that others lack.
    feedback:
      job.task === 'transform' ? await readFeedback(knex, target) : undefined,
    prompt: {
      version: context.promptVersion ?? latestTemplates,
      text: context.prompt,
      lessons: context.lessons?.flatMap(lesson =>
        lesson.for.includes('agent') ? [lesson.text] : [],
      ),
    },
    verification: jobVerification(context.verification),
    limits,
  };
}

/** With what the installation says of the model, as it is now. */
function toJobStep(
  step: ContextStep,
  gateway: Pick<ModelGateway, 'settings'>,
): JobStep {
  if (step.type !== 'agent') return step;
  const settings = gateway.settings(step);
  return {
    ...step,
    model: settings?.model,
    effort: settings?.effort,
    thinking: settings?.thinking,
    maxTokens: settings?.maxTokens ?? 1,
  };
}

/** A stored context may be of a release that wrote it differently. */
function jobVerification(
  stored: ContextContent['verification'],
): JobSpec['verification'] {
  const { baseline, unverified, timeoutMinutes } = readVerification(stored);
  return { baseline, unverified, timeoutSeconds: timeoutMinutes * 60 };
}
