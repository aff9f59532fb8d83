import {
  MappingTable,
  Reference,
  RewriteOptions,
  RewriteResult,
  SourceFile,
} from '@skein/mapping-rewriter';
import { YamlProcess } from '../../references';
import {
  columnFindings,
  unknownColumns,
  withoutSuccessors,
} from './columnFindings';

/** What the rewriter's resolver says against a change. */
export interface MappingFinding {
  gate: 'oldDataset' | 'mapping';
  /** Relative to the repository. */
  file: string;
  line?: number;
  message: string;
  evidence?: string;
}

/** The rewriter; `ReferenceFinder` in production, since texts of repositories are hostile. */
export interface MappingResolver extends YamlProcess {
  rewrite(
    files: SourceFile[],
    mappings: MappingTable[],
    options: RewriteOptions,
  ): Promise<RewriteResult>;
  find(files: SourceFile[], options: RewriteOptions): Promise<Reference[]>;
}

/** A target's texts on both sides of a change; paths are relative to the repository. */
export interface TargetTexts {
  before: SourceFile[];
  after: SourceFile[];
  changed: ReadonlySet<string>;
}

/**
 * Asks the resolver anew what a change left and what it reads, without a word
 * of what the runner reported.
 */
export async function analyzeMapping(
  resolver: MappingResolver,
  context: { mappings: MappingTable[]; options: RewriteOptions },
  { before, after, changed }: TargetTexts,
): Promise<MappingFinding[]> {
  const { mappings, options } = context;
  const result = await resolver.rewrite(after, mappings, options);
  const readBefore = await resolver.find(before, options);
  const readAfter = await resolver.find(after, options);
  const { schemas = {} } = options;
  const others = withoutSuccessors(mappings, schemas);
  // Without a schema of a successor there is nothing that could be unknown.
  const known = Object.keys(others).length < Object.keys(schemas).length;
  const readLoosely = known
    ? await resolver.find(after, { ...options, schemas: others })
    : [];
  const isChanged = ({ file }: Reference) => changed.has(file);
  return [
    ...leftOver(result),
    ...columnFindings(
      mappings,
      readBefore.filter(isChanged),
      readAfter.filter(isChanged),
    ),
    ...unknownColumns(mappings, schemas, readLoosely.filter(isChanged)),
  ];
}

/** What a second rewrite would still do: nothing, if the first was complete. */
function leftOver({ files, unproven }: RewriteResult): MappingFinding[] {
  const edits = files.flatMap(file =>
    file.edits.map(edit => ({
      gate: 'oldDataset' as const,
      file: file.path,
      line: edit.span.line,
      message:
        edit.kind === 'note'
          ? 'A reference to the old dataset is left for a person without a note'
          : `A reference to the old dataset is left; the mapping says ${edit.reason}`,
      evidence: edit.kind === 'note' ? undefined : edit.oldText.slice(0, 200),
    })),
  );
  const open = unproven.map(({ file, span, dataset, column }) => ({
    gate: 'oldDataset' as const,
    file,
    line: span.line,
    message: `The change leaves ${column ?? 'a reference'} of ${dataset}`,
  }));
  return [...edits, ...open];
}
