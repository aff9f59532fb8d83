import { Reference, SourceFile } from '@skein/mapping-rewriter';
import { RepositoryHead, RepositorySource } from '@skein/plugin-campaigns-node';
import { ReferenceLimitError } from '../../references';
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
  /** Bounded in time and memory: it throws a ReferenceLimitError beyond. */
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
  const batches = divideFiles(wanted.slice(0, MAX_FILES), folders);
  const found = new FoundReferences();
  const problems: string[] =
    wanted.length > MAX_FILES
      ? [`${wanted.length - MAX_FILES} files beyond the first ${MAX_FILES}`]
      : [];
  let failures = 0;
  while (batches.length > 0 && found.size <= MAX_REFERENCES) {
    options.signal.throwIfAborted();
    const batch = batches.shift()!;
    try {
      found.add(await findInBatch(head, batch, options));
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof ReferenceLimitError)) throw error;
      failures += 1;
      if (batch.paths.length === 1) {
        problems.push(`${batch.paths[0]} ${error.message}`);
      } else {
        batches.unshift(...halves(batch));
      }
      if (failures === MAX_FAILURES) break;
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
  return { folders, references: found.list(), problems };
}

async function findInBatch(
  head: RepositoryHead,
  batch: FileBatch,
  options: ScanOptions,
): Promise<Reference[]> {
  const texts = await options.source.readFiles(head, [
    ...new Set([...batch.context, ...batch.paths]),
  ]);
  const own = new Set(batch.paths);
  const prefix = batch.root === '' ? '' : `${batch.root}/`;
  const references = await options.findReferences(filesOfBatch(batch, texts));
  return references
    .map(each => ({ ...each, file: `${prefix}${each.file}` }))
    .filter(each => own.has(each.file));
}

/** One file of them is to blame: each half is looked at by itself. */
function halves(batch: FileBatch): FileBatch[] {
  const middle = Math.ceil(batch.paths.length / 2);
  return [
    { ...batch, paths: batch.paths.slice(0, middle) },
    { ...batch, paths: batch.paths.slice(middle) },
  ];
}
