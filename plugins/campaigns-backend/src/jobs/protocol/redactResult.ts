import { createRedact, JobResult } from '@skein/job-runner';

const redact = createRedact();

/**
 * A result whose outputs and words hold nothing that looks like a secret: what
 * checks print, and what programs and models say, is stored and shown to all
 * who may see the target. Code stays as it is; a gate looks for secrets in it.
 */
export function redactResult(result: JobResult): JobResult {
  const summary = redact(result.summary);
  if (result.task === 'scan') return { ...result, summary };
  const { agent, baseline, commands, verification, ...report } = result.report;
  return {
    ...result,
    summary,
    report: {
      ...report,
      baseline: redactAll(baseline),
      verification: redactAll(verification),
      ...(commands && { commands: redactAll(commands) }),
      ...(agent && {
        agent: {
          ...agent,
          summary: redact(agent.summary),
          remarks: redactAll(agent.remarks),
        },
      }),
    },
  };
}

/** All texts in it, however deep. */
function redactAll<T>(value: T): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map(redactAll) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, redactAll(part)]),
  ) as T;
}
