import { targetStates } from '@skein/plugin-campaigns-common';
import { targetStateLabel } from '../../states/targetStates';

/** The backend's reason with its names of states as pages call them. */
export function withStateLabels(reason: string): string {
  return reason.replace(/'(\w+)'/g, (whole, word: string) => {
    const state = targetStates.find(name => name === word);
    return state ? `“${targetStateLabel(state)}”` : whole;
  });
}
