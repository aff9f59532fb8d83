import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { latestTemplates } from '@skein/agent-context';
import {
  GateFinding,
  JudgeVerdict,
  Review,
} from '@skein/plugin-campaigns-common';
import {
  ModelMessage,
  RepositoryHead,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import { ContextContent } from '../campaigns/context';
import { JobRow } from '../database/operations/jobs/tables';
import { insertReview } from '../database/operations/reviews/insertReview';
import { listReviewsOfJob } from '../database/operations/reviews/listReviewsOfJob';
import { ContextRevisionRow, TargetRow } from '../database/tables';
import { SchemaSource, withSchemas } from '../schemas';
import { repositoryYaml } from '../references';
import { PatchedFile } from '../jobs/patch/parsePatch';
import { BudgetExceededError } from '../gateway';
import { concludeReview, MAX_REJECTIONS } from './concludeReview';
import { renamesOf } from './gates/renamedOnly';
import { runGates } from './gates/runGates';
import {
  JudgeRequest,
  judgeChange,
  JudgeUnavailableError,
} from './judge/judgeChange';
import { analyzeMapping, MappingResolver } from './mapping/analyzeMapping';
import { datasetWords } from './mapping/datasetWords';
import { readChange, ReadChange } from './readChange';

/** The model as the judge needs it. */
export interface JudgeModel {
  /** False where no model is connected. */
  readonly available: boolean;
  /** Asks on behalf of a job: its budgets pay. */
  ask(job: JobRow, request: JudgeRequest): Promise<ModelMessage>;
}

/** Where no model is connected. */
export const noModel: JudgeModel = {
  available: false,
  async ask() {
    throw new JudgeUnavailableError('No model is connected');
  },
};

/** Options of {@link ReviewService}. */
export interface ReviewServiceOptions {
  knex: Knex;
  source: RepositorySource;
  resolver: MappingResolver;
  model: JudgeModel;
  schemas: SchemaSource;
  /** For repositories that live as long as one review. */
  temporaryDirectory: string;
  logger: LoggerService;
}

/** A patch that a job's runner made. */
export interface ReviewedPatch {
  job: JobRow;
  /** Commit that the runner worked on. */
  baseCommit: string;
  patch: string;
  files: PatchedFile[];
}

/** A review with what the runner is to do next. */
export interface ReviewConclusion {
  review: Review;
  final: boolean;
}

/**
 * Looks at changes before anybody is asked to: deterministic gates first, then
 * a judge. A patch is looked at once; the same patch again gets the same answer,
 * so that a runner gains nothing by asking often, or by not asking.
 */
export class ReviewService {
  readonly #options: ReviewServiceOptions;

  private constructor(options: ReviewServiceOptions) {
    this.#options = options;
  }

  static create(options: ReviewServiceOptions): ReviewService {
    return new ReviewService(options);
  }

  /**
   * @throws ConflictError where the patch does not apply to its base
   * @throws InputError where the job has asked too often
   * @throws BudgetExceededError where the judge cannot be paid; nothing is stored then
   */
  async review(reviewed: ReviewedPatch): Promise<ReviewConclusion> {
    const { knex } = this.#options;
    const { job, patch } = reviewed;
    const context = await this.#contextOf(job);
    const maxVetoes = context.judge.maxVetoes;
    const patchDigest = createHash('sha256').update(patch).digest('hex');
    const earlier = await listReviewsOfJob(knex, job.id);
    const known = earlier.find(each => each.patchDigest === patchDigest);
    const rejections = earlier.filter(
      each => each.outcome === 'rejected' && each !== known,
    );
    const facts = {
      earlierRejections: rejections.length,
      earlierVetoes: rejections.filter(isVetoed).length,
      maxVetoes,
    };
    if (known) {
      return {
        review: known,
        final: concludeReview({ ...known, ...facts }).final,
      };
    }
    if (rejections.length >= MAX_REJECTIONS) {
      throw new InputError(
        `The job has sent ${rejections.length} patches that were sent back; no further one is looked at`,
      );
    }
    const { findings, judge, judgeError } = await this.#look(reviewed, context);
    const { outcome, final } = concludeReview({
      findings,
      judge,
      judgeError,
      ...facts,
    });
    const review = await insertReview(knex, job, {
      patchDigest,
      round: earlier.length + 1,
      outcome,
      findings,
      judge,
      judgeError,
    });
    return { review, final };
  }

  async #look(
    reviewed: ReviewedPatch,
    context: ReviewContext,
  ): Promise<{
    findings: GateFinding[];
    judge?: JudgeVerdict;
    judgeError?: string;
  }> {
    const { resolver, temporaryDirectory } = this.#options;
    const change = await readChange({
      base: await this.#baseOf(reviewed, context.target),
      path: context.target.path,
      patch: reviewed.patch,
      files: reviewed.files,
      names: datasetWords(context.mappings),
      temporaryDirectory,
    });
    const findings = await runGates({
      files: change.files,
      spec: context.gates,
      renames: renamesOf(context.mappings),
      yaml: repositoryYaml(resolver),
      mapping: await analyzeMapping(resolver, context, change.target),
    });
    const blocked = findings.some(({ action }) => action === 'block');
    // Money is spent on what may be proposed alone.
    if (blocked || !isToBeJudged(context)) return { findings };
    return { findings, ...(await this.#judge(reviewed.job, context, change)) };
  }

  async #judge(
    job: JobRow,
    context: ReviewContext,
    change: ReadChange,
  ): Promise<{ judge?: JudgeVerdict; judgeError?: string }> {
    const { model, logger } = this.#options;
    if (!model.available) {
      return { judgeError: 'No model is connected to judge the change' };
    }
    try {
      const judge = await judgeChange(
        {
          context: {
            version: context.promptVersion ?? latestTemplates,
            mappings: context.mappings,
            options: context.options,
            text: context.prompt,
            lessons: context.lessons,
          },
          target: {
            repository: `${context.target.repo_host}/${context.target.repo_owner}/${context.target.repo_name}`,
            path: context.target.path,
            framework: context.target.framework,
          },
          diff: change.diff,
          instructions: context.judge.instructions,
          model: context.judge.model,
        },
        request => model.ask(job, request),
      );
      return { judge };
    } catch (error) {
      // Not for a person: once there is money, a judge will look at it.
      if (error instanceof BudgetExceededError) throw error;
      const { message } = error as Error;
      if (!(error instanceof JudgeUnavailableError)) {
        logger.warn(`The judge of job ${job.id} cannot be asked: ${message}`);
      }
      return { judgeError: message.slice(0, 500) };
    }
  }

  async #baseOf(
    { baseCommit }: ReviewedPatch,
    target: TargetRow,
  ): Promise<RepositoryHead> {
    const head = await this.#options.source.head({
      host: target.repo_host,
      owner: target.repo_owner,
      name: target.repo_name,
    });
    return { ...head, commit: baseCommit };
  }

  async #contextOf(job: JobRow): Promise<ReviewContext> {
    const { knex } = this.#options;
    const [target, revision] = await Promise.all([
      knex<TargetRow>('targets').where({ id: job.target_id }).first(),
      knex<ContextRevisionRow>('context_revisions')
        .where({ id: job.revision_id })
        .first('content'),
    ]);
    const content = await withSchemas<ContextContent>(
      JSON.parse(revision!.content),
      this.#options.schemas,
    );
    return { ...content, target: target! };
  }
}

type ReviewContext = ContextContent & { target: TargetRow };

function isVetoed({ judge }: Review): boolean {
  return judge?.verdict === 'veto';
}

/** Mapping tables alone make no judgement that another one has to check, unless the campaign asks for it. */
function isToBeJudged({ judge, steps }: ReviewContext): boolean {
  const others = steps?.some(step => step.type !== 'mapping') ?? false;
  return judge.changes === 'all' || (judge.changes === 'agent' && others);
}
