import { useNavigate } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../format/words';
import {
  countGroups,
  countDone,
  sharePercent,
} from '../../../states/countStates';
import {
  targetStateLabel,
  targetStatePresentations,
} from '../../../states/targetStates';
import { SectionCard, StateBar, useGroupColor } from '../../shared';
import { useTargetsLink } from '../useTargetsLink';

const useStyles = makeStyles(theme => ({
  headline: { marginBottom: theme.spacing(1.5) },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 3),
    margin: theme.spacing(2, 0, 0),
    padding: 0,
    listStyle: 'none',
  },
  item: { display: 'flex', alignItems: 'center', gap: 8 },
  dot: { width: 10, height: 10, borderRadius: '50%' },
  count: { fontVariantNumeric: 'tabular-nums', fontWeight: 600 },
}));

/** All targets in scope as one bar, with a legend that leads to them. */
export function ProgressCard(props: { campaign: Campaign }) {
  const classes = useStyles();
  const navigate = useNavigate();
  const colorOf = useGroupColor();
  const { campaign } = props;
  const targetsLink = useTargetsLink(campaign.name);
  const done = countDone(campaign.counts);
  const states = countGroups(campaign.counts).flatMap(group => group.states);

  return (
    <SectionCard title="Progress">
      <Typography variant="body1" className={classes.headline}>
        {campaign.inScope === 0
          ? 'No targets in scope yet.'
          : `${done} of ${countOf(
              campaign.inScope,
              'target',
            )} done (${sharePercent(done, campaign.inScope)} %).`}
      </Typography>
      <StateBar
        counts={campaign.counts}
        height={20}
        onSelect={chosen => navigate(targetsLink({ states: chosen }))}
      />
      <ul className={classes.legend}>
        {states.map(({ state, count }) => (
          <li
            key={state}
            className={classes.item}
            title={targetStatePresentations[state].explanation}
          >
            <span
              className={classes.dot}
              style={{
                backgroundColor: colorOf(targetStatePresentations[state].group),
              }}
              aria-hidden
            />
            <span className={classes.count}>{count}</span>
            <Link to={targetsLink({ states: [state] })}>
              {targetStateLabel(state)}
            </Link>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
