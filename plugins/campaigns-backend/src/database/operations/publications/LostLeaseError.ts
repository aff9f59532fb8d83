import { CustomErrorBase } from '@backstage/errors';

/** What the caller held is another's by now, or was stopped: nothing more may be done for it. */
export class LostLeaseError extends CustomErrorBase {
  name = 'LostLeaseError' as const;
}
