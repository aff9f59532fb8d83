import { JobResult, ReviewAnswer, TransformReport } from '../protocol';
import { decideOutcome, RewriteVerdict } from '../transform/decideOutcome';
import { fitReport } from './fitResult';
import { JobAgent } from './JobAgent';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';
import { ChangeCheck, TargetChange } from './TargetChange';

/** How often a change goes back to the agent at most. */
const ROUNDS = 6;

type ProvenVerdict = Exclude<RewriteVerdict, { outcome: 'unproven' }>;

/** What sends a change back: the failure that it is where nobody corrects it, and what to correct. */
interface Objection {
  failure: JobFailure;
  problems: string[];
}

/**
 * Brings a change to its end: notes, verification and review, whatever those
 * who made it said. What they object to goes back to the agent, where there is
 * one that can go on.
 *
 * @throws JobFailure
 */
export async function settleChange(
  context: JobContext,
  change: TargetChange,
  report: TransformReport,
  agent: JobAgent | undefined,
): Promise<JobResult> {
  for (let round = 1; ; round++) {
    const bare = change.workspace.snapshot();
    await change.settle();
    report.edits = change.edits;
    report.refusals = change.refusals;
    report.leftovers = change.leftovers;
    await agent?.describe();
    const verdict = decideOutcome(await change.summary());
    context.log.info(verdict.summary);
    const patch = await change.patch();
    const objection = await objectionTo(
      context,
      change,
      report,
      verdict,
      patch,
    );
    if (!objection) {
      const { outcome, summary } = conclusionOf(verdict, report);
      context.log.phase('report', summary);
      return { task: 'transform', outcome, summary, patch, report };
    }
    const final = report.reviews?.at(-1)?.final === true;
    if (!agent?.canWork || final || round >= ROUNDS) throw objection.failure;
    change.workspace.restore(bare);
    const end = await agent.work(objection.problems);
    if (end.outcome === 'finished') continue;
    await agent.describe();
    if (end.outcome === 'overBudget') {
      const { outcome, summary } = end;
      return { task: 'transform', outcome, summary, patch, report };
    }
    throw objection.failure;
  }
}

/** What a change to which nobody objects comes to: one that nobody could be paid to judge waits for its budget. */
function conclusionOf(
  verdict: RewriteVerdict,
  { reviews }: TransformReport,
): { outcome: 'overBudget' | ProvenVerdict['outcome']; summary: string } {
  const review = reviews?.at(-1);
  return review?.verdict === 'overBudget'
    ? { outcome: 'overBudget', summary: describeReview(review) }
    : (verdict as ProvenVerdict);
}

async function objectionTo(
  context: JobContext,
  change: TargetChange,
  report: TransformReport,
  verdict: RewriteVerdict,
  patch: string,
): Promise<Objection | undefined> {
  const { log } = context;
  report.verification = [
    {
      name: 'No reference to the old dataset is left unexplained',
      source: 'skein',
      outcome: verdict.outcome === 'unproven' ? 'failed' : 'passed',
      summary: verdict.summary,
      durationMs: 0,
    },
  ];
  if (verdict.outcome === 'unproven') {
    const failure = new JobFailure('rewrite-unproven', verdict.summary, patch);
    return { failure, problems: [verdict.summary] };
  }
  if (patch === '') return undefined;
  log.phase('verify', 'Running the checks again');
  const check = await change.verify();
  report.verification.push(...check.results);
  if (!check.ok) {
    return { failure: failureOf(check, patch), problems: [check.text] };
  }
  if (verdict.outcome !== 'proposed') return undefined;
  log.phase('review', 'Waiting for the review');
  const answer = await context.client.postReview({
    patch,
    report: fitReport(report),
  });
  (report.reviews ??= []).push(answer);
  log.info(describeReview(answer));
  if (answer.verdict !== 'rejected') return undefined;
  return {
    failure: new JobFailure('review-rejected', describeReview(answer), patch),
    problems: answer.feedback,
  };
}

function failureOf(
  { blamed, results }: ChangeCheck,
  patch: string,
): JobFailure {
  const result =
    blamed?.result ?? results.find(({ outcome }) => outcome === 'failed')!;
  return new JobFailure(
    blamed?.limit ?? 'verification-failed',
    `The check "${result.name}" fails after the change: ${result.summary}`,
    patch,
  );
}

function describeReview({ verdict, feedback }: ReviewAnswer): string {
  const [first] = feedback;
  const more = feedback.length > 1 ? ` (and ${feedback.length - 1} more)` : '';
  const why = first ? `: ${first}${more}` : '';
  switch (verdict) {
    case 'accepted':
      return 'The review accepts the change';
    case 'ask':
      return `The review leaves it to a person${why}`;
    case 'overBudget':
      return `The judge could not be asked${why}`;
    default:
      return `The review rejects the change${why}`;
  }
}
