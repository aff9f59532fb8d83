import { CustomErrorBase } from '@backstage/errors';

/** Finding references in some files took more time or memory than it may. */
export class ReferenceLimitError extends CustomErrorBase {
  name = 'ReferenceLimitError' as const;
}
