import { InputError } from '@backstage/errors';
import { ReviewAnswer } from '@skein/job-runner';
import { HeldJob } from '../../database/operations/jobs/lockHeldJob';
import type { AttemptSession } from './AttemptSession';
import type { JobProtocolOptions } from './createJobProtocolRouter';
import { reviewRequestSchema } from './schemas';

/**
 * Looks at a verified change before its runner ends. No gate is configured
 * that could say no.
 *
 * @throws InputError where it breaks the protocol
 */
export async function receiveReview(
  _options: JobProtocolOptions,
  _session: AttemptSession & { held: HeldJob },
  body: unknown,
): Promise<ReviewAnswer> {
  const parsed = reviewRequestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`Bad review request, at ${issue.path.join('.')}`);
  }
  return { verdict: 'accepted', feedback: [], final: false };
}
