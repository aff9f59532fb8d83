import Tooltip from '@material-ui/core/Tooltip';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { CampaignState, TargetState } from '@skein/plugin-campaigns-common';
import { campaignStatePresentations } from '../../states/campaignStates';
import {
  StateGroup,
  targetStatePresentations,
} from '../../states/targetStates';
import { useGroupColor } from './useGroupColor';

const useStyles = makeStyles(theme => ({
  chip: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    padding: '2px 10px 2px 8px',
    borderRadius: 12,
    fontSize: '0.8125rem',
    lineHeight: '20px',
    whiteSpace: 'nowrap',
    // Text keeps the page's own contrast; the colour is in the dot and the tint.
    color: theme.palette.text.primary,
  },
  dot: {
    width: 8,
    height: 8,
    borderRadius: '50%',
    flex: 'none',
  },
}));

export interface Presentation {
  label: string;
  group: StateGroup;
  explanation: string;
}

/** A target's state in words. */
export function TargetStateChip(props: { state: TargetState }) {
  return (
    <PresentationChip
      {...(targetStatePresentations[props.state] ?? {
        label: props.state,
        group: 'ended',
        explanation: '',
      })}
    />
  );
}

/** A campaign's state in words. */
export function CampaignStateChip(props: {
  state: CampaignState;
  reason?: string;
}) {
  const presentation = campaignStatePresentations[props.state];
  return (
    <PresentationChip
      {...presentation}
      explanation={props.reason ?? presentation.explanation}
    />
  );
}

/** Words with the colour of their group, explained to who points at them. */
export function PresentationChip(props: Presentation) {
  const classes = useStyles();
  const color = useGroupColor()(props.group);
  return (
    <Tooltip title={props.explanation}>
      <span
        className={classes.chip}
        style={{ backgroundColor: alpha(color, 0.16) }}
      >
        <span
          className={classes.dot}
          style={{ backgroundColor: color }}
          aria-hidden
        />
        {props.label}
      </span>
    </Tooltip>
  );
}
