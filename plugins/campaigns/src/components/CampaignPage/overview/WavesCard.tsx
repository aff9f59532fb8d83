import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign, WaveSummary } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../format/words';
import { SectionCard, StateBar } from '../../shared';
import { useTargetsLink } from '../useTargetsLink';

const useStyles = makeStyles(theme => ({
  wave: { marginBottom: theme.spacing(2) },
  line: { display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' },
  grow: { flexGrow: 1 },
}));

const stateWords: Record<WaveSummary['state'], string> = {
  waiting: 'waits for the one before',
  running: 'running',
  finished: 'at rest',
};

/** The waves in order, each with its own bar. */
export function WavesCard(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const targetsLink = useTargetsLink(campaign.name);
  const planned = campaign.spec.rollout.waves;
  const dealt = campaign.waves.some(({ targets }) => targets > 0);
  return (
    <SectionCard title="Waves">
      {!dealt ? (
        <Typography variant="body2">
          Planned: {planned.map(describeWave).join(', then ')}. Targets are
          dealt to waves at the launch.
        </Typography>
      ) : (
        campaign.waves.map(wave => (
          <div key={wave.name} className={classes.wave}>
            <div className={classes.line}>
              <Link to={targetsLink({ waves: [wave.name] })}>{wave.name}</Link>
              <Typography variant="caption" color="textSecondary">
                {stateWords[wave.state]}
              </Typography>
              <span className={classes.grow} />
              <Typography variant="caption" color="textSecondary">
                {countOf(wave.targets, 'target')}
              </Typography>
            </div>
            <StateBar counts={wave.counts} />
          </div>
        ))
      )}
    </SectionCard>
  );
}

function describeWave(wave: {
  name: string;
  size?: number;
  share?: number;
}): string {
  if (wave.size !== undefined) {
    return `${wave.name} (${countOf(wave.size, 'target')})`;
  }
  if (wave.share === undefined || wave.share >= 1) {
    return `${wave.name} (all that remain)`;
  }
  return `${wave.name} (up to ${Math.round(wave.share * 100)} %)`;
}
