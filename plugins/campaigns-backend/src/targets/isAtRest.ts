import {
  restingTargetStates,
  TargetState,
} from '@skein/plugin-campaigns-common';

/** Whether nothing more happens to a target by itself. */
export function isAtRest(state: TargetState): boolean {
  return restingTargetStates.includes(state);
}
