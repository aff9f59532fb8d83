import { CustomErrorBase } from '@backstage/errors';

/** A write has to wait longer than its caller wants to; nothing was written. */
export class WriteDelayedError extends CustomErrorBase {
  name = 'WriteDelayedError' as const;

  /** Milliseconds until it is worth asking again. */
  readonly delayMilliseconds: number;

  constructor(identity: string, delayMilliseconds: number) {
    super(
      `${identity} may write again in ${Math.ceil(delayMilliseconds / 1000)} s`,
    );
    this.delayMilliseconds = delayMilliseconds;
  }
}
