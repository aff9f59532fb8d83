import {
  CampaignSpec,
  CodeSearchQuery,
  RepositoryRef,
  ScopeReason,
} from '@skein/plugin-campaigns-common';
import { CatalogRepository } from '@skein/plugin-campaigns-node';
import { LineageConsumer } from '../lineage/findConsumers';

/** A folder of a framework in a repository; empty for the root. */
export interface FrameworkFolder {
  path: string;
  framework: string;
}

/** One place, whether it must change, and why. */
export interface ScopeDecision {
  repository: RepositoryRef;
  path: string;
  framework: string;
  entityRef?: string;
  ownerRef?: string;
  decision: 'in' | 'out' | 'unsure';
  /** One line for people. */
  reason: string;
  reasons: ScopeReason[];
}

/** A consumer of one of the campaign's datasets. */
export interface ScopeConsumer {
  /** The dataset as the campaign names it. */
  dataset: string;
  consumer: LineageConsumer;
}

/** A place where a search found the words of a query. */
export interface SearchHit {
  repository: RepositoryRef;
  path: string;
  line: number;
  text: string;
}

/** What one provider found for one query. */
export interface SearchHits {
  query: CodeSearchQuery;
  provider: string;
  hits: SearchHit[];
}

/**
 * What a file with hits says of the retired datasets:
 *
 * - `reads`: a statement reads one
 * - `writes`: a statement writes one, and none reads it
 * - `other`: the name belongs to another dataset
 * - `mention`: comments, documentation or prose alone
 * - `unclear`: a person must look
 */
export interface FileFinding {
  kind: 'reads' | 'writes' | 'other' | 'mention' | 'unclear';
  /** For people, to follow on `path:line`; for `other` the names of the datasets. */
  detail: string;
  /** The lines that show it, 1-based. */
  lines: number[];
}

/** What is known of the contents of a repository. */
export type RepositoryContents =
  | {
      state: 'read';
      archived: boolean;
      /** Texts of the files with hits, by path. */
      texts: Map<string, string>;
      /** Folders that a framework detector found. */
      folders: FrameworkFolder[];
      codeowners?: string;
      /** By path, for each file with a hit. */
      findings: Map<string, FileFinding>;
    }
  | {
      state: 'unreadable';
      /** One line. */
      problem: string;
    }
  /** Rules of the campaign leave it out: nothing was read. */
  | { state: 'skipped' };

/** All that decides the scope of a campaign. */
export interface ScopeInput {
  spec: Pick<CampaignSpec, 'datasets' | 'scope' | 'transform'>;
  consumers: ScopeConsumer[];
  searches: SearchHits[];
  catalog: CatalogRepository[];
  /** By {@link repositoryKey}; a repository without an entry counts as skipped. */
  contents: Map<string, RepositoryContents>;
}
