import { CustomErrorBase } from '@backstage/errors';

/** A git command that ended badly. */
export class GitError extends CustomErrorBase {
  name = 'GitError' as const;

  /** Undefined where git was killed. */
  readonly exitCode?: number;
  /** The last part of what git said, without credentials. */
  readonly stderr: string;

  constructor(
    message: string,
    details: { exitCode?: number; stderr: string },
    cause?: Error,
  ) {
    super(message, cause);
    this.exitCode = details.exitCode;
    this.stderr = details.stderr;
  }
}
