import { ConflictError, InputError } from '@backstage/errors';
import {
  createRedact,
  EventsAnswer,
  protocolLimits,
  redactEntry,
  RunnerEvent,
} from '@skein/job-runner';
import { NewJobEvent } from '../../database/operations/jobs/insertJobEvents';
import { lockHeldJob } from '../../database/operations/jobs/lockHeldJob';
import { recordEvents } from '../../database/operations/jobs/recordEvents';
import type { AttemptSession } from './AttemptSession';
import type { JobProtocolOptions } from './createJobProtocolRouter';
import { runnerEventsSchema } from './schemas';

/** A runner takes secrets out itself; one that does not is not believed. */
const redact = createRedact();

/**
 * Stores what a runner says and extends its lease.
 *
 * @throws InputError where it breaks the protocol
 */
export async function receiveEvents(
  { database, queue, changes }: JobProtocolOptions,
  { job, attempt, held }: AttemptSession,
  body: unknown,
): Promise<EventsAnswer> {
  const parsed = runnerEventsSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`Bad events, at ${issue.path.join('.')}`);
  }
  if (!held || !(await queue.heartbeat(held))) return { stop: true };

  const { events } = parsed.data;
  const phase = events.findLast(event => event.type === 'phase')?.phase;
  const said = await database
    .transaction(async tx => {
      // Stopped or given to another since: the job says nothing more.
      await lockHeldJob(tx, held);
      return recordEvents(
        tx,
        { jobId: job.id, number: attempt.number },
        events.flatMap(toStored),
        phase,
      );
    })
    .catch(error => {
      if (error instanceof ConflictError) return undefined;
      throw error;
    });
  if (!said) return { stop: true };
  if (
    said.count > protocolLimits.eventsPerAttempt ||
    said.bytes > protocolLimits.eventBytesPerAttempt
  ) {
    await queue.fail(held, {
      kind: 'output-limit',
      message: `The job wrote more log than is kept (${protocolLimits.eventsPerAttempt} lines, ${protocolLimits.eventBytesPerAttempt} bytes)`,
    });
    return { stop: true };
  }
  if (phase && phase !== job.phase) {
    changes.notify({ campaignId: job.campaign_id, targetId: job.target_id });
  }
  return { stop: false };
}

function toStored(event: RunnerEvent): NewJobEvent[] {
  if (event.type === 'heartbeat') return [];
  return [
    {
      type: event.type,
      level: event.level ?? 'info',
      phase: event.phase,
      message: redact(event.message ?? event.phase ?? ''),
      data: event.data && redactEntry(event.data, redact),
    },
  ];
}
