import { RepositoryRef } from '@skein/plugin-campaigns-common';

/** What somebody said on a pull request: to all of it, in a review, or on a line. @public */
export interface PullRequestComment {
  /** The forge's, unique on its host; it stays when the comment is edited. At most 255 characters. */
  id: string;
  /** Login; `ghost` where the account is gone. */
  author: string;
  /** A program wrote it: an App, or what the forge knows as a bot. */
  bot: boolean;
  /** The identity that opens our pull requests wrote it. */
  own: boolean;
  /** Foreign text. The forge's module cuts it to {@link MOST_COMMENT_CHARACTERS}. */
  text: string;
  /** Relative to the repository; of comments on a file. */
  file?: string;
  /** 1-based; of comments on a line. */
  line?: number;
  /** Page for people. */
  url: string;
  /** ISO 8601. */
  createdAt: string;
}

/** A longer comment is cut by who reads it from a forge. @public */
export const MOST_COMMENT_CHARACTERS = 8_000;

/** @public */
export interface PullRequestComments {
  repository: RepositoryRef;
  number: number;
  /** Without empty ones, in no order. */
  comments: PullRequestComment[];
  /**
   * Where there are more than are read: comments of before this ISO time may
   * be absent from the answer, and there all the same. Undefined where none is.
   */
  completeSince?: string;
}

/** What a forge tells of the conversations on pull requests. @public */
export interface ForgeComments {
  /**
   * The newest comments of each pull request, so many as the forge reads at
   * one time; pull requests that are gone, or cannot be read now, are absent
   * from the answer.
   *
   * @throws ForgeRateLimitError
   */
  getComments(
    requests: Array<{ repository: RepositoryRef; number: number }>,
  ): Promise<PullRequestComments[]>;
}
