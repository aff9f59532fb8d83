import { useTheme } from '@material-ui/core/styles';
import { StateGroup, stateGroupPresentations } from '../../states/targetStates';

/** Colours of state groups in the theme at hand. */
export function useGroupColor(): (group: StateGroup) => string {
  const { palette } = useTheme();
  return group => stateGroupPresentations[group].color[palette.type];
}
