import { Checkout } from '../checkout/Checkout';
import { readSources, Sources } from '../checkout/readSources';
import { detectFramework } from '../detect/detectFramework';
import {
  AgentSettings,
  JobResult,
  JobStep,
  TransformReport,
} from '../protocol';
import { fetchSource } from './fetchSource';
import { JobAgent } from './JobAgent';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';
import { runCommandStep } from './runCommandStep';
import { settleChange } from './settleChange';
import { TargetChange } from './TargetChange';
import { TargetVerification } from './TargetVerification';
import { notCalled } from './notCalled';

/**
 * Makes a change: source, detect, baseline, the steps of the transform, verify,
 * review, report.
 *
 * @param report - is filled on the way, so that a job that ends early has one too
 * @throws JobFailure
 */
export async function runTransform(
  context: JobContext,
  report: TransformReport,
): Promise<JobResult> {
  const { log, spec } = context;
  const checkout = await fetchSource(context);
  const sources = await detect(context, checkout, report);

  log.phase('baseline', 'Running the checks before any change');
  const verification = await TargetVerification.create(
    context,
    checkout,
    sources.files,
    report.baseline,
  );
  const change = await TargetChange.create(
    context,
    checkout,
    sources,
    verification,
  );
  const agents: JobAgent[] = [];
  try {
    for (const step of spec.steps) {
      const agent = await runStep(step, context, change, verification, report);
      if (agent) agents.push(agent);
      const ended = await describeEnd(context, change, report, agent);
      if (ended) return ended;
    }
    return await settleChange(context, change, report, agents.at(-1));
  } finally {
    for (const agent of agents) await agent.stop();
  }
}

/** @returns the agent that took part, or may take part later */
async function runStep(
  step: JobStep,
  context: JobContext,
  change: TargetChange,
  verification: TargetVerification,
  report: TransformReport,
): Promise<JobAgent | undefined> {
  const { log, spec } = context;
  if (step.type === 'mapping') {
    log.phase('transform', 'Rewriting');
    // Others that follow see the code without notes; theirs and ours are left at the end.
    const alone = spec.steps.every(({ type }) => type === 'mapping');
    await change.applyMappings({ leaveNotes: alone });
    report.edits = change.edits;
    report.refusals = change.refusals;
    report.leftovers = change.leftovers;
    change.othersTookPart ||= !alone;
    return undefined;
  }
  if (step.type === 'command') {
    const problems = await problemsOf(step.when, change, spec.feedback);
    if (!problems) return undefined;
    await runCommandStep(context, step, change, report, problems);
    return undefined;
  }
  return startAgent(step, context, change, verification, report);
}

async function startAgent(
  settings: AgentSettings,
  context: JobContext,
  change: TargetChange,
  verification: TargetVerification,
  report: TransformReport,
): Promise<JobAgent | undefined> {
  const { feedback } = context.spec;
  const problems = await problemsOf(settings.when, change, feedback);
  const { model } = settings;
  const hindrance = hindranceOf(settings, verification);
  if (hindrance || !model) {
    if (problems) {
      context.log.warn(`The agent is not called: ${hindrance}`);
      report.agent = notCalled(hindrance!);
    }
    return undefined;
  }
  const agent = new JobAgent(context, { ...settings, model }, change, report);
  if (problems) await agent.work(problems);
  return agent;
}

/** @returns why the agent cannot be called, or should not */
function hindranceOf(
  { model }: AgentSettings,
  { agent }: TargetVerification,
): string | undefined {
  if (!model) {
    return 'no model is connected, so what needs judgement is left to people';
  }
  return agent.allowed
    ? undefined
    : `${agent.reason} ('verification.unverified: allow' calls it all the same)`;
}

/** @returns what is wrong with the change, as far as it is known; undefined where a step is not needed */
async function problemsOf(
  when: 'refused' | 'always',
  change: TargetChange,
  feedback: string[] = [],
): Promise<string[] | undefined> {
  if (feedback.length > 0) return feedback;
  if (when === 'always' || change.refusals.length > 0) return [];
  const check = await change.verify();
  return check.ok ? undefined : [check.text];
}

/** The result of a job that an agent ends: its budget is spent, or nothing but it could have made the change. */
async function describeEnd(
  { log }: JobContext,
  change: TargetChange,
  report: TransformReport,
  agent: JobAgent | undefined,
): Promise<JobResult | undefined> {
  const end = agent?.end;
  if (!agent || !end || end.outcome === 'finished') return undefined;
  await agent.describe();
  const attempted = agent.attempted?.toString('utf8') ?? '';
  if (end.outcome === 'overBudget') {
    log.phase('report', end.summary);
    const { outcome, summary } = end;
    return { task: 'transform', outcome, summary, patch: attempted, report };
  }
  const done = change.edits.length + change.refusals.length;
  if (done > 0 || end.outcome === 'unavailable') return undefined;
  throw new JobFailure(
    'agent-unfinished',
    `The agent did not finish: ${end.summary}`,
    attempted,
  );
}

async function detect(
  { log, spec }: JobContext,
  checkout: Checkout,
  report: TransformReport,
): Promise<Sources> {
  log.phase('detect', 'Looking at the files');
  const sources = await readSources(checkout, spec.target.path);
  report.framework = detectFramework(sources.files) ?? 'unknown';
  log.info(`${sources.files.length} text files, framework ${report.framework}`);
  if (report.framework !== spec.target.framework) {
    log.warn(`The scope has ${spec.target.framework} as the framework`);
  }
  for (const { tree, why } of sources.unread.slice(0, 50)) {
    log.warn(`${tree.path} is not read, since ${why}`);
  }
  return sources;
}
