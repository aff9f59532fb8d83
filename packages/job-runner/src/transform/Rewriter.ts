import {
  MappingTable,
  RewriteOptions,
  RewriteResult,
  SourceFile,
} from '@skein/mapping-rewriter';

/** Rewrites files; the runner's view of the mapping rewriter. */
export interface Rewriter {
  /** @throws where the signal aborts it */
  rewrite(
    files: SourceFile[],
    mappings: MappingTable[],
    options: RewriteOptions,
    signal: AbortSignal,
  ): Promise<RewriteResult>;
}
