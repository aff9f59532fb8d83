import { ModelGateway } from '../../gateway';
import { JudgeModel } from '../ReviewService';

/** A judge takes longer than this only where the model hangs. */
const JUDGE_MILLISECONDS = 10 * 60_000;

/** The gateway as the judge's model: its calls are metered, and the budgets of the job pay. */
export function judgeModel(gateway: ModelGateway): JudgeModel {
  return {
    get available() {
      return gateway.describe().available;
    },
    ask: (job, request) =>
      gateway.createMessage({
        purpose: 'judge',
        campaignId: job.campaign_id,
        runId: job.run_id ?? undefined,
        jobId: job.id,
        attempt: job.attempts,
        revisionId: job.revision_id,
        request,
        signal: AbortSignal.timeout(JUDGE_MILLISECONDS),
      }),
  };
}
