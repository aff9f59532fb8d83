import { RepositoryRef } from '@skein/plugin-campaigns-common';

/** A check of a commit: of CI, of an App, or a status. @public */
export interface CommitCheck {
  /** What the forge knows it by. */
  id: string;
  name: string;
  /** Cancelled and timed out count as failing; skipped and neutral as passing. */
  state: 'pending' | 'passing' | 'failing';
  /** Page for people. */
  url?: string;
  /** One line. */
  summary?: string;
}

/** What a forge tells of the CI of a repository. @public */
export interface ForgeChecks {
  /** The newest check of each name; nothing while none has appeared. */
  getChecks(repository: RepositoryRef, commit: string): Promise<CommitCheck[]>;
  /**
   * What a failed check printed: its log, or what it says of itself; the last
   * part where it is longer than a few megabytes.
   *
   * @returns undefined where the forge keeps nothing
   */
  getCheckLog(
    repository: RepositoryRef,
    check: CommitCheck,
  ): Promise<string | undefined>;
}
