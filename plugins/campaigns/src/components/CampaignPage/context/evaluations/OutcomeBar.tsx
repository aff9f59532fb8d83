import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import {
  EvaluationFigures,
  TrialOutcome,
} from '@skein/plugin-campaigns-common';
import { trialOutcomes } from '../../../../states/trialOutcomes';
import { useGroupColor } from '../../../shared';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    gap: 2,
    height: 10,
    borderRadius: 4,
    overflow: 'hidden',
    backgroundColor: theme.palette.action.hover,
    border: `1px solid ${theme.palette.divider}`,
  },
  part: { minWidth: 4 },
}));

/** The trials of an evaluation by how they ended, as one bar; what is open is its empty end. */
export function OutcomeBar(props: {
  figures: Pick<EvaluationFigures, 'outcomes' | 'open'>;
}) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const { open, outcomes } = props.figures;
  const parts = (Object.keys(trialOutcomes) as TrialOutcome[])
    .map(outcome => ({ outcome, count: outcomes[outcome] ?? 0 }))
    .filter(({ count }) => count > 0);
  const words = [
    ...parts.map(
      ({ count, outcome }) => `${count} ${trialOutcomes[outcome].label}`,
    ),
    ...(open > 0 ? [`${open} open`] : []),
  ].join(', ');
  return (
    <Tooltip title={words}>
      <div className={classes.bar} role="img" aria-label={words}>
        {parts.map(({ count, outcome }) => (
          <div
            key={outcome}
            className={classes.part}
            style={{
              flex: `${count} 1 0`,
              backgroundColor: colorOf(trialOutcomes[outcome].group),
            }}
          />
        ))}
        {open > 0 && <div style={{ flex: `${open} 1 0` }} />}
      </div>
    </Tooltip>
  );
}
