import { PlaceFacts } from '@skein/plugin-campaigns-common';

type Decision = PlaceFacts['decision'];

/** A place and what the newest snapshot says of it; undefined where that has it no more. */
export interface CurrentPlace {
  key: string;
  decision?: Decision;
}

/** How a place differed from one snapshot to the next. */
export interface PlaceHistory {
  key: string;
  snapshotNumber: number;
  kind: 'came' | 'went' | 'changed';
  /** Undefined for what came. */
  before?: Decision;
}

/** How many places a snapshot held, and how many of them were new to it. */
export interface PlaceCounts {
  in: number;
  unsure: number;
  out: number;
  came: number;
  went: number;
  changed: number;
}

/**
 * What snapshots held of some places alone: a snapshot keeps only its sums, so
 * the way back from the newest is gone change by change.
 *
 * @param numbers - of the snapshots asked for
 */
export function countPlaces(
  places: CurrentPlace[],
  history: PlaceHistory[],
  numbers: number[],
): Map<number, PlaceCounts> {
  const decisions = new Map(places.map(({ key, decision }) => [key, decision]));
  const back = [...history].sort((a, b) => b.snapshotNumber - a.snapshotNumber);
  const counts = new Map<number, PlaceCounts>();
  let next = 0;
  for (const number of [...numbers].sort((a, b) => b - a)) {
    for (; back[next]?.snapshotNumber > number; next += 1) {
      decisions.set(back[next].key, back[next].before);
    }
    const of = back.slice(next).filter(each => each.snapshotNumber === number);
    const held = [...decisions.values()];
    counts.set(number, {
      in: held.filter(decision => decision === 'in').length,
      unsure: held.filter(decision => decision === 'unsure').length,
      out: held.filter(decision => decision === 'out').length,
      came: of.filter(({ kind }) => kind === 'came').length,
      went: of.filter(({ kind }) => kind === 'went').length,
      changed: of.filter(({ kind }) => kind === 'changed').length,
    });
  }
  return counts;
}
