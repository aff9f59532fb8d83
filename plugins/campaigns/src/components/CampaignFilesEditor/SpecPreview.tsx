import Typography from '@material-ui/core/Typography';
import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';

/** A campaign in a few sentences, before it exists. */
export function SpecPreview(props: { spec: CampaignSpec }) {
  const { spec } = props;
  const lines = spec.datasets.reduce(
    (sum, { mapping }) => sum + mapping.columns.length,
    0,
  );
  const decisions = spec.datasets.reduce(
    (sum, { mapping }) =>
      sum + mapping.columns.filter(({ decision }) => decision).length,
    0,
  );
  return (
    <div>
      <Typography variant="subtitle1">{spec.title}</Typography>
      {spec.datasets.map(({ from, to }) => (
        <Typography key={from} variant="body2">
          {from} → {to}
        </Typography>
      ))}
      <Typography variant="body2" color="textSecondary">
        {countOf(lines, 'mapped column')}, {decisions} for a person to decide.{' '}
        Waves: {spec.rollout.waves.map(({ name }) => name).join(', ')}.{' '}
        {spec.rollout.approval === 'required'
          ? 'Each change needs an approval.'
          : 'Changes need no approval.'}
      </Typography>
    </div>
  );
}
