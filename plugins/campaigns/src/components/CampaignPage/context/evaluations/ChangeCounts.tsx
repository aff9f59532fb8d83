import { makeStyles } from '@material-ui/core/styles';
import {
  EvaluationComparison,
  TrialComparison,
} from '@skein/plugin-campaigns-common';
import { trialChanges } from '../../../../states/trialOutcomes';
import { GroupLine } from '../../../shared';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) },
}));

/** How many targets became worse, better and so on. */
export function ChangeCounts(props: {
  counts: EvaluationComparison['counts'];
}) {
  const classes = useStyles();
  const { counts } = props;
  return (
    <span className={classes.root}>
      {(Object.keys(trialChanges) as TrialComparison['change'][])
        .filter(change => counts[change] > 0)
        .map(change => (
          <GroupLine key={change} group={trialChanges[change].group}>
            {counts[change]} {trialChanges[change].label.toLowerCase()}
          </GroupLine>
        ))}
    </span>
  );
}
