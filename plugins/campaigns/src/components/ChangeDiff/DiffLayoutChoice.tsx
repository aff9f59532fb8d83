import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { ChoiceButton } from '../shared';
import { DiffLayout } from './DiffLayout';

/** Old and new beside each other, or below each other. */
export function DiffLayoutChoice(props: {
  layout: DiffLayout;
  onLayout: (layout: DiffLayout) => void;
}) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={props.layout}
      onChange={(_event, next: DiffLayout | null) =>
        next && props.onLayout(next)
      }
      aria-label="Layout of the diff"
      style={{ margin: 8 }}
    >
      <ChoiceButton value="split">Side by side</ChoiceButton>
      <ChoiceButton value="unified">In one column</ChoiceButton>
    </ToggleButtonGroup>
  );
}
