import {
  Edit,
  MappingTable,
  Reference,
  Refusal,
} from '@skein/mapping-rewriter';
import { readSources } from '../checkout/readSources';
import { JobResult } from '../protocol';
import { findMentions } from '../transform/findMentions';
import { fetchSource } from './fetchSource';
import { JobContext } from './JobContext';

const MAX_REFERENCES = 200;

/**
 * Looks whether anything still refers to the old datasets: whatever a rewrite
 * would change or refuse does.
 *
 * @throws JobFailure
 */
export async function runScan(context: JobContext): Promise<JobResult> {
  const { log, rewriter, signal, spec } = context;
  const checkout = await fetchSource(context);
  log.phase('verify', 'Looking for references to the old datasets');
  const { path } = spec.target;
  const sources = await readSources(checkout, path);
  const result = await rewriter.rewrite(
    sources.files,
    spec.mappings,
    { ...spec.options, leaveNotes: false },
    signal,
  );
  const prefix = path === '' ? '' : `${path}/`;
  const inTarget = result.files.flatMap(file => [
    ...file.edits.filter(edit => edit.kind !== 'note'),
    ...file.refusals,
  ]);
  const found = [
    ...inTarget.map(place => ({ ...place, file: `${prefix}${place.file}` })),
    ...findMentions(sources.unread, spec.mappings),
  ];
  const references = found.map(place => toReference(place, spec.mappings));
  const clean = references.length === 0;
  const summary = clean
    ? 'No reference to the old dataset is left'
    : `${references.length} references to the old dataset are left`;
  log.phase('report', summary);
  return {
    task: 'scan',
    outcome: clean ? 'clean' : 'stillReads',
    summary,
    references: references.slice(0, MAX_REFERENCES),
  };
}

function toReference(
  place: Edit | Refusal,
  mappings: MappingTable[],
): Reference {
  // A cause is `table:line`; several campaigns' datasets have one table only.
  const table = place.cause?.replace(/:[^:]*$/, '');
  const mapping = mappings.find(({ from }) => from === table) ?? mappings[0];
  const text = 'oldText' in place ? place.oldText : place.text;
  return {
    file: place.file,
    span: place.span,
    dataset: mapping?.from ?? '',
    ...(place.kind === 'column' && { column: text.slice(0, 1_000) }),
    access:
      'code' in place && place.code === 'writes-dataset' ? 'write' : 'read',
    confidence: 'confidence' in place ? place.confidence : 'likely',
  };
}
