import { useMemo } from 'react';
import { useTheme } from '@material-ui/core/styles';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { Colouring } from '../../lineage/explorerState';
import {
  stateGroupPresentations,
  targetStatePresentations,
} from '../../states/targetStates';
import { frameworkColor, plainColor } from './frameworkColors';

/** A colour, and what it says. */
export interface NamedColor {
  label: string;
  color: string;
}

/** What colour a node has in the picture, and what that says. */
export function useBoxColors(
  colouring: Colouring,
): (node: LineageNode) => NamedColor {
  const { palette } = useTheme();
  return useMemo(() => {
    const { type } = palette;
    if (colouring === 'framework') {
      return node => {
        const { label, color } = frameworkColor(node);
        return { label, color: color[type] };
      };
    }
    return ({ kind, migration }) => {
      if (!migration) {
        const label = kind === 'dataset' ? 'dataset' : 'in no campaign';
        return { label, color: plainColor(kind)[type] };
      }
      const state = targetStatePresentations[migration.state];
      const group = stateGroupPresentations[state?.group ?? 'ended'];
      return { label: group.label, color: group.color[type] };
    };
  }, [colouring, palette]);
}
