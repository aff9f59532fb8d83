import { CustomErrorBase } from '@backstage/errors';

/** Something that the person at the terminal has to know or mend; shown without a stack. */
export class StartError extends CustomErrorBase {
  name = 'StartError' as const;
}
