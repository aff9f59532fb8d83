import { Reference, SourceFile } from '@skein/mapping-rewriter';
import { RepositoryHead, RepositorySource } from '@skein/plugin-campaigns-node';
import { ReferenceLimitError, UnresolvedError } from '../../references';
import {
  divideFiles,
  FileBatch,
  filesOfBatch,
  mayHoldSql,
} from './FileBatches';
import { FoundReferences } from './FoundReferences';
import { RepositoryScan } from './RepositoryScan';

/** What scanning a repository takes. */
export interface ScanOptions {
  source: RepositorySource;
  signal: AbortSignal;
  /** Folders of frameworks, from the file list. */
  frameworksOf(
    head: RepositoryHead,
    files: string[],
  ): Promise<Array<{ path: string; framework: string }>>;
  /** Bounded in time and memory; it throws where files take more, or cannot be resolved. */
  findReferences(files: SourceFile[]): Promise<Reference[]>;
}

/** Of a repository; what comes after is not looked at. */
const MAX_FILES = 20_000;
const MAX_REFERENCES = 20_000;
/** Looks that may fail before the rest of a repository is given up: each may have cost its whole time. */
const MAX_FAILURES = 20;

/** Finds what the code of a repository reads and writes. */
export async function scanRepository(
  head: RepositoryHead,
  options: ScanOptions,
): Promise<RepositoryScan> {
  const all = await options.source.listFiles(head);
  const folders = await options.frameworksOf(
    head,
    all.map(file => file.path),
  );
  const wanted = all.filter(file => mayHoldSql(file.path));
  const { found, problems } = await findInBatches(
    head,
    divideFiles(wanted.slice(0, MAX_FILES), folders),
    options,
  );
  if (wanted.length > MAX_FILES) {
    problems.push(
      `${wanted.length - MAX_FILES} files beyond the first ${MAX_FILES}`,
    );
  }
  return { folders, references: found.list(), problems };
}

/** Where some files take too much, or break the resolver, halves of them are tried, down to the one that does. */
async function findInBatches(
  head: RepositoryHead,
  batches: FileBatch[],
  options: ScanOptions,
): Promise<{ found: FoundReferences; problems: string[] }> {
  const found = new FoundReferences();
  const problems: string[] = [];
  let failures = 0;
  while (
    batches.length > 0 &&
    failures < MAX_FAILURES &&
    found.size <= MAX_REFERENCES
  ) {
    const batch = batches.shift()!;
    const references = await findInBatch(head, batch, options);
    if (!(references instanceof Error)) {
      found.add(references);
    } else {
      failures += 1;
      if (batch.paths.length > 1) batches.unshift(...halves(batch));
      else problems.push(`${batch.paths[0]} ${references.message}`);
    }
  }
  const rest = batches.reduce((sum, batch) => sum + batch.paths.length, 0);
  if (rest > 0) {
    problems.push(
      failures === MAX_FAILURES
        ? `${rest} more files, after ${failures} looks that took too much`
        : `${rest} more files: it names more than ${MAX_REFERENCES} tables`,
    );
  }
  return { found, problems };
}

/** @returns an error where it is the files' */
async function findInBatch(
  head: RepositoryHead,
  batch: FileBatch,
  { source, signal, findReferences }: ScanOptions,
): Promise<Reference[] | Error> {
  signal.throwIfAborted();
  const texts = await source.readFiles(head, [
    ...new Set([...batch.context, ...batch.paths]),
  ]);
  const own = new Set(batch.paths);
  const prefix = batch.root === '' ? '' : `${batch.root}/`;
  try {
    const references = await findReferences(filesOfBatch(batch, texts));
    return references
      .map(each => ({ ...each, file: `${prefix}${each.file}` }))
      .filter(each => own.has(each.file));
  } catch (error) {
    if (error instanceof ReferenceLimitError) return error;
    if (error instanceof UnresolvedError) {
      return new Error(`could not be resolved: ${error.message}`);
    }
    throw error;
  }
}

/** One file of them is to blame: each half is looked at by itself. */
function halves(batch: FileBatch): FileBatch[] {
  const middle = Math.ceil(batch.paths.length / 2);
  return [
    { ...batch, paths: batch.paths.slice(0, middle) },
    { ...batch, paths: batch.paths.slice(middle) },
  ];
}
