import { Readable } from 'stream';
import {
  CodeSearchQuery,
  PullRequest,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { ForgeChecks } from './checks';
import { ForgeComments } from './comments';

/** Reads lineage from one source. @public */
export interface LineageProvider {
  /** Stable; edges are kept under it. */
  readonly id: string;
  readonly title: string;
  /** How often to read. Default: 30 minutes. */
  readonly intervalSeconds?: number;
  /**
   * Reads all that the source knows now; the store replaces this provider's
   * edges with it. Throwing keeps what was known and shows the error.
   */
  read(context: LineageReadContext): AsyncIterable<LineageFact>;
}

/** @public */
export interface LineageReadContext {
  signal: AbortSignal;
  /** Repositories that the catalog knows, with what it knows of them. */
  repositories: CatalogRepository[];
  source: RepositorySource;
  /**
   * The documents of a YAML text of any length as plain values; none where it
   * is no YAML. Long texts are read in another process.
   *
   * @throws Error that says so where the text is beyond a limit of size, depth, aliases or time
   */
  readYaml(text: string): Promise<unknown[]>;
  /** Tells people how far a long read is, in one line. */
  onProgress?(message: string): void;
  /** Tells people what may be missing from what was read, in one line. */
  onProblem?(message: string): void;
}

/** A pipeline of the catalog and where its code is. @public */
export interface CatalogRepository {
  repository: RepositoryRef;
  /** Folder in the repository; empty for all of it. */
  path: string;
  entityRef: string;
  ownerRef?: string;
  title: string;
}

/** Reads files of repositories at the head of their default branch, from the backend's mirrors. @public */
export interface RepositorySource {
  /**
   * Brings the mirror up to date; a look at the forge a few seconds ago counts
   * unless `force` asks for one that begins after this call.
   *
   * @throws NotFoundError where the forge has no such repository
   */
  head(
    repository: RepositoryRef,
    options?: { force?: boolean },
  ): Promise<RepositoryHead>;
  listFiles(
    head: RepositoryHead,
    options?: { path?: string },
  ): Promise<Array<{ path: string; size: number }>>;
  /** Texts of files by path; binary files, and files over 1 MiB, are left out. */
  readFiles(
    head: RepositoryHead,
    paths: string[],
  ): Promise<Map<string, string>>;
  /** A git bundle with one parentless commit of this tree, as refs/heads/source. */
  bundle(head: RepositoryHead): Promise<Readable>;
}

/** @public */
export interface RepositoryHead {
  repository: RepositoryRef;
  branch: string;
  commit: string;
  /** The bare mirror. */
  gitDir: string;
}

/** One thing that a source says. @public */
export type LineageFact =
  | {
      type: 'dataset';
      /** Dotted name, any case: `project.dataset.table`. */
      name: string;
      title?: string;
      entityRef?: string;
      ownerRef?: string;
    }
  | {
      type: 'job';
      /** `host/owner/name//path`, or a name of the source's own where the code is not known. */
      name: string;
      title?: string;
      framework?: string;
      entityRef?: string;
      ownerRef?: string;
      repository?: RepositoryRef;
      path?: string;
    }
  | {
      type: 'read';
      job: string;
      dataset: string;
      confidence?: 'certain' | 'likely';
    }
  | {
      type: 'write';
      job: string;
      dataset: string;
      confidence?: 'certain' | 'likely';
    }
  | {
      /** A job reads a column, which is a `read` of the dataset too, and a `write` of what it goes into. */
      type: 'column';
      job: string;
      dataset: string;
      /** Any case; a part of a struct with its dots. */
      column: string;
      /** What it goes into. Without a column: all rows, as a filter or a join does. */
      into?: { dataset: string; column?: string };
      /** One word for what happens to it, `identity` or `aggregation` for example. */
      transformation?: string;
    }
  | {
      /** Names of one dataset: a table and the files that it lies in. */
      type: 'sameDataset';
      names: string[];
    }
  | {
      /** A repository that cannot be read now: what the source said of its jobs stays. */
      type: 'unread';
      repository: RepositoryRef;
      /** One line. */
      reason: string;
    };

/** Lineage that comes by itself, event by event, and is never read as a whole. @public */
export interface LineageEventSource {
  /** Stable; edges are kept under it. */
  readonly id: string;
  readonly title: string;
  /** After this long without being said again, an edge is shown as stale. */
  readonly staleAfterSeconds: number;
  /** After this long it goes. */
  readonly expireAfterSeconds: number;
  /** Called once, as soon as events can be stored. */
  connect(sink: LineageEventSink): void;
}

/** Where a {@link LineageEventSource} puts its events. @public */
export interface LineageEventSink {
  /**
   * Resolves when the events are stored. The order of events does not matter,
   * nor how often one comes.
   *
   * @throws ServiceUnavailableError where more wait than can be kept; try again later
   */
  write(events: LineageEvent[]): Promise<void>;
  /** Counts events that could not be used. @param reason - one line, of the last of them */
  reject(count: number, reason: string): void;
}

/** What one event says. @public */
export interface LineageEvent {
  /** When it was true, in epoch milliseconds. */
  at: number;
  facts: Array<Exclude<LineageFact, { type: 'unread' }>>;
}

/** Searches code over many repositories. @public */
export interface CodeSearchProvider {
  /** Stable; shown beside what was found, and asked for by it. */
  readonly id: string;
  readonly title: string;
  /** Why it cannot answer a query at all, in one sentence; undefined where it can. */
  cannotAnswer?(query: CodeSearchQuery): string | undefined;
  /**
   * Finds lines. What cannot be searched for any reason other than an abort is
   * told in `incomplete`; throwing means that there is no answer at all.
   *
   * What is found outside of the query or of the repositories is dropped by
   * the caller, so a provider may filter less than the query says.
   */
  search(
    query: CodeSearchQuery,
    options: CodeSearchOptions,
  ): Promise<CodeSearchResult>;
}

/** @public */
export interface CodeSearchOptions {
  /** Aborted when nobody wants the answer any more. */
  signal: AbortSignal;
  /** Repositories that are known to the caller. */
  repositories: RepositoryRef[];
  /** Gives what was found by then, and tells what is missing. Default: as long as it takes. */
  timeoutMilliseconds?: number;
}

/** @public */
export interface CodeSearchResult {
  matches: CodeSearchMatch[];
  /**
   * The source has more than it gives; why, in one sentence. It is shown to
   * people who may not see every repository: no names and no numbers of what
   * lies in those that were not asked for.
   */
  incomplete?: string;
}

/** A line that matches. @public */
export interface CodeSearchMatch {
  repository: RepositoryRef;
  path: string;
  /** 1-based; undefined where the source does not say. */
  line?: number;
  /** The line, or a part of it around the match where it is long. */
  text?: string;
  /** What matches: `[start, end)` in UTF-16 units of `text`. */
  ranges?: Array<[number, number]>;
}

/** Where repositories and pull requests live. @public */
export interface Forge {
  readonly title: string;
  /** The identity that writes, for the write governor and the portal; for example `skein[bot]@github.com`. */
  readonly identity: string;
  /** Absent where the forge does not tell of CI. */
  readonly checks?: ForgeChecks;
  /** Absent where the forge does not tell what people say on pull requests. */
  readonly comments?: ForgeComments;
  handles(host: string): boolean;
  hosts(): string[];
  getRepository(repository: RepositoryRef): Promise<ForgeRepository>;
  /** Credentials for git over HTTP; short-lived where the forge can. */
  getGitAccess(
    repository: RepositoryRef,
    access: 'read' | 'write',
  ): Promise<GitAccess>;
  /** The pull request from this head branch, newest first, whatever its state. */
  findPullRequest(
    repository: RepositoryRef,
    headBranch: string,
  ): Promise<PullRequest | undefined>;
  /** @throws ForgeRateLimitError */
  createPullRequest(
    repository: RepositoryRef,
    request: NewPullRequest,
  ): Promise<PullRequest>;
  /** Best effort after creation: labels and reviewers. Names that the forge refuses come back. */
  decoratePullRequest(
    repository: RepositoryRef,
    number: number,
    request: { labels: string[]; reviewers: string[] },
  ): Promise<{ refused: string[] }>;
  closePullRequest(
    repository: RepositoryRef,
    number: number,
    request: { comment?: string; deleteBranch?: string },
  ): Promise<void>;
  /** Present states, one query per 100; pull requests that are gone are absent from the answer. */
  getPullRequests(
    requests: Array<{ repository: RepositoryRef; number: number }>,
  ): Promise<
    Array<{
      repository: RepositoryRef;
      number: number;
      pullRequest: PullRequest;
      /**
       * Differs from an earlier one where somebody has said something since,
       * and may differ elsewhere too; undefined where nothing was said. At most
       * 255 characters.
       */
      conversation?: string;
    }>
  >;
}

/** @public */
export interface ForgeRepository {
  repository: RepositoryRef;
  defaultBranch: string;
  archived: boolean;
  url: string;
}

/** @public */
export interface GitAccess {
  url: string;
  username: string;
  password: string;
}

/** @public */
export interface NewPullRequest {
  title: string;
  body: string;
  headBranch: string;
  baseBranch: string;
  draft: boolean;
}

/**
 * What a forge's webhooks say, once checked and translated by its module; sent
 * on the events topic `campaigns.forge`.
 *
 * @public
 */
export interface ForgeEventPayload {
  repository: RepositoryRef;
  /** `changed` asks for a look at one pull request; `pushed` says that a default branch moved. */
  type: 'pullRequestChanged' | 'pushed';
  number?: number;
  /** For `pullRequestChanged`: somebody said something, or edited or removed it. */
  said?: boolean;
  /** For `pushed`: the branch. */
  branch?: string;
}

/** Topic of {@link ForgeEventPayload}. @public */
export const FORGE_EVENTS_TOPIC = 'campaigns.forge';

/** How an executor confines jobs. @public */
export interface SandboxDescription {
  sandboxed: boolean;
  /** A sentence for people who decide whether they trust it with code of others. */
  description: string;
  /** What depends on the machine; by default nothing is known of it. */
  defences?: JobDefence[];
}

/** Something that confines jobs where a machine offers it. @public */
export interface JobDefence {
  /** Stays the same, for tests and for whoever watches it. Unique in a list. */
  id: string;
  /** What it is, in a few words. */
  title: string;
  /** Whether it holds here. */
  holds: boolean;
  /** Where it holds: what it stops. Where it does not: why, what is not stopped, and what to do about it. */
  description: string;
}

/** Starts job runners somewhere. @public */
export interface JobExecutor {
  readonly id: string;
  /** Attempts that can run at one time. */
  readonly concurrency: number;
  describeSandbox(): Promise<SandboxDescription>;
  /**
   * Starts a runner for an attempt and resolves when it ended, however it
   * ended. The result itself comes over the job protocol.
   */
  run(attempt: JobAttemptStart): Promise<JobAttemptEnd>;
}

/** @public */
export interface JobAttemptStart {
  jobId: string;
  attempt: number;
  /** Good for this attempt alone. */
  token: string;
  limits: {
    timeoutSeconds: number;
    /** Time on all processors, of all its processes together. */
    cpuSeconds: number;
    memoryBytes: number;
    outputBytes: number;
  };
  /** Aborted when the job is stopped or its lease is lost: kill the runner. */
  signal: AbortSignal;
}

/** @public */
export type JobAttemptEnd =
  | { type: 'exited'; code: number }
  | {
      type: 'killed';
      reason:
        | 'timeout'
        | 'out-of-memory'
        | 'too-many-processes'
        | 'cpu-limit'
        | 'output-limit'
        | 'stopped';
      message: string;
    }
  | { type: 'crashed'; message: string };

/** Tells which framework a folder belongs to. @public */
export interface FrameworkDetector {
  readonly framework: string;
  /**
   * Files whose text decides, of all in a repository; few. Without it the file
   * list alone decides.
   */
  candidates?(files: string[]): string[];
  /**
   * Folders of this framework in a repository, from its file list.
   *
   * @param files - paths relative to the repository
   * @param texts - of the candidates, those that could be read
   * @returns folders without slashes at the ends; empty string for the root
   */
  detect(files: string[], texts: ReadonlyMap<string, string>): string[];
}

/** Knows the columns of datasets: a warehouse, a catalog, files. @public */
export interface SchemaProvider {
  /** Stable; what it said is kept under it. At most 100 characters. */
  readonly id: string;
  readonly title: string;
  /** Where several know a dataset, the highest is believed. Default: 0. A campaign's own files are believed before all. */
  readonly priority?: number;
  /** How long what it said is good for. Default: 6 hours. */
  readonly maxAgeSeconds?: number;
  /**
   * Reads datasets that campaigns name. Those that are absent from the answer
   * are not this provider's. Throwing keeps what was known and shows the error.
   *
   * @param datasets - dotted names as campaigns write them; a wildcard table ends in `*`
   */
  readSchemas(
    datasets: string[],
    context: SchemaReadContext,
  ): Promise<ProvidedSchema[]>;
}

/** @public */
export interface SchemaReadContext {
  signal: AbortSignal;
  source: RepositorySource;
}

/** What a provider knows of a dataset. @public */
export interface ProvidedSchema {
  /** As it was asked for. */
  dataset: string;
  /**
   * Field path to type, with BigQuery's type names; a path is listed for each
   * nested field. Undefined where the provider knows that there is no such dataset.
   */
  columns: Record<string, string> | undefined;
  /** Why this one could not be read, in one line; what was known of it is kept. */
  problem?: string;
}
