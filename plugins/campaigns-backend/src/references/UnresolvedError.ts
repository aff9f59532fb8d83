import { CustomErrorBase } from '@backstage/errors';

/** The resolver failed on some files, and would again. */
export class UnresolvedError extends CustomErrorBase {
  name = 'UnresolvedError' as const;
}
