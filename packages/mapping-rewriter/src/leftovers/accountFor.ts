import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { LineIndex } from '../text/LineIndex';
import { FileRewrite, Leftover, LeftoverReason, Leftovers } from '../types';
import { PlaceExplainer } from './explainPlace';
import { findNames, mappedNames } from './mappedNames';

/** Places are listed up to here, those that a person should see first; all are counted. */
const MOST_LISTED = 1_000;

/** What may hide a use of the old dataset comes first, what is explained last. */
const ORDER: LeftoverReason[] = [
  'not-followed',
  'code',
  'text',
  'not-read',
  'command',
  'data',
  'stays',
  'definition',
  'own-name',
  'same-name',
  'documentation',
  'comment',
  'history',
];

const readsOld = (session: Session, regions: Region[]) =>
  regions.some(({ tree, looseTables }) =>
    [...tree.tables, ...looseTables].some(
      table => session.bindingOf(table)?.old !== undefined,
    ),
  );

/**
 * Accounts for each mapped name that is left in the files: it is part of an
 * edit, or of a refusal, or it is listed here with why it stays.
 *
 * Names of tables and their like count in every file; those of columns in the
 * files that name a deprecated dataset.
 */
export function accountFor(
  session: Session,
  rewritten: FileRewrite[],
): Leftovers {
  const names = mappedNames(session.mappings);
  const byFile = new Map(rewritten.map(file => [file.path, file]));
  const regions = new Map<string, Region[]>();
  for (const region of session.regions) {
    regions.set(region.file, [...(regions.get(region.file) ?? []), region]);
  }
  const byReason: Partial<Record<LeftoverReason, number>> = {};
  const left = new Map<LeftoverReason, Leftover[]>();
  let total = 0;
  for (const file of session.files) {
    const own = regions.get(file.path) ?? [];
    const rewrite = byFile.get(file.path);
    const covered = coveredBy(rewrite);
    let lines: LineIndex | undefined;
    let explainer: PlaceExplainer | undefined;
    const columns = rewrite !== undefined || readsOld(session, own);
    for (const place of findNames(file.content, names, columns)) {
      if (covered(place.start, place.end)) {
        continue;
      }
      explainer ??= new PlaceExplainer(session, file, own);
      lines ??= new LineIndex(file.content);
      const reason = explainer.explain(place);
      total += 1;
      byReason[reason] = (byReason[reason] ?? 0) + 1;
      const places = left.get(reason) ?? [];
      left.set(reason, places);
      if (places.length < MOST_LISTED) {
        places.push({
          file: file.path,
          span: lines.span(place.start, place.end),
          text: file.content.slice(place.start, place.end),
          cause: place.cause,
          reason,
        });
      }
    }
  }
  const places = ORDER.flatMap(reason => left.get(reason) ?? []);
  return { total, byReason, places: places.slice(0, MOST_LISTED) };
}

/** Whether a place lies in what is changed or refused. */
function coveredBy(
  file: FileRewrite | undefined,
): (start: number, end: number) => boolean {
  const spans = [...(file?.edits ?? []), ...(file?.refusals ?? [])]
    .map(({ span }) => span)
    .filter(({ start, end }) => end > start);
  return (start, end) =>
    spans.some(span => span.start < end && start < span.end);
}
