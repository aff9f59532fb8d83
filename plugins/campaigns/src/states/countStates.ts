import { TargetState } from '@skein/plugin-campaigns-common';
import {
  StateGroup,
  orderedTargetStates,
  stateGroups,
  targetStatePresentations,
} from './targetStates';

export type StateCounts = Partial<Record<TargetState, number>>;

export interface StateCount {
  state: TargetState;
  count: number;
}

export interface GroupCount {
  group: StateGroup;
  count: number;
  states: StateCount[];
}

const notInScope: readonly TargetState[] = ['candidate', 'outOfScope'];

/** What a bar shows: groups in order, with their states, without empty ones and without what is not in scope. */
export function countGroups(counts: StateCounts): GroupCount[] {
  const states = orderedTargetStates
    .filter(state => !notInScope.includes(state))
    .map(state => ({ state, count: counts[state] ?? 0 }))
    .filter(({ count }) => count > 0);
  return stateGroups
    .map(group => {
      const own = states.filter(
        ({ state }) => targetStatePresentations[state].group === group,
      );
      return { group, states: own, count: sum(own) };
    })
    .filter(({ count }) => count > 0);
}

/** Targets in scope. */
export function countInScope(counts: StateCounts): number {
  return sum(countGroups(counts));
}

/** Targets that have reached the end that the campaign wants: verified, or never in need of a change. */
export function countDone(counts: StateCounts): number {
  return (counts.verified ?? 0) + (counts.noChanges ?? 0);
}

/** Share in whole percent; 100 only where all are, 0 only where none is. */
export function sharePercent(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}

function sum(items: Array<{ count: number }>): number {
  return items.reduce((total, { count }) => total + count, 0);
}
