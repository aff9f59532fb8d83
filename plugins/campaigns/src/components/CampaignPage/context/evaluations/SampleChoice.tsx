import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import MenuItem from '@material-ui/core/MenuItem';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Evaluation, EvaluationSample } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../../format/words';
import { describeEvaluation } from './describeEvaluation';

type Kind = 'size' | 'sameAs' | 'targetIds';

export interface SampleChoiceProps {
  sample: EvaluationSample;
  onSample: (sample: EvaluationSample) => void;
  /** Targets that were chosen in the table; undefined without any. */
  chosenIds: string[] | undefined;
  /** As many targets can be tried. */
  most: number;
  usualSize: number;
  evaluations: Evaluation[];
}

/** Which targets a revision is tried on. */
export function SampleChoice(props: SampleChoiceProps) {
  const { chosenIds, evaluations, most, onSample, sample, usualSize } = props;
  const kind = kindOf(sample);
  const choose = (next: Kind) => {
    if (next === 'size') onSample({ size: Math.min(usualSize, most) });
    if (next === 'sameAs') onSample({ sameAs: evaluations[0]?.id ?? '' });
    if (next === 'targetIds') onSample({ targetIds: chosenIds ?? [] });
  };
  return (
    <FormControl component="fieldset" margin="normal" fullWidth>
      <FormLabel component="legend">On which targets</FormLabel>
      <RadioGroup
        value={kind}
        onChange={event => choose(event.target.value as Kind)}
      >
        <FormControlLabel
          value="size"
          control={<Radio color="primary" />}
          label="A sample, with some of each framework and owner"
        />
        {'size' in sample && (
          <TextField
            id="sample-size"
            type="number"
            variant="outlined"
            size="small"
            label="Number of targets"
            value={Number.isNaN(sample.size) ? '' : sample.size}
            onChange={event =>
              onSample({
                size: Math.min(most, parseInt(event.target.value, 10)),
              })
            }
            inputProps={{ min: 1, max: most }}
            helperText={`At most ${most}, which are not merged yet`}
            style={{ margin: '4px 0 8px 32px', width: 280 }}
          />
        )}
        <FormControlLabel
          value="sameAs"
          disabled={evaluations.length === 0}
          control={<Radio color="primary" />}
          label="The same as an earlier evaluation, to compare both"
        />
        {'sameAs' in sample && (
          <TextField
            id="sample-same-as"
            select
            variant="outlined"
            size="small"
            label="Earlier evaluation"
            value={
              evaluations.some(({ id }) => id === sample.sameAs)
                ? sample.sameAs
                : ''
            }
            onChange={event => onSample({ sameAs: event.target.value })}
            style={{ margin: '4px 0 8px 32px' }}
          >
            {evaluations.map(evaluation => (
              <MenuItem key={evaluation.id} value={evaluation.id}>
                {describeEvaluation(evaluation)}
              </MenuItem>
            ))}
          </TextField>
        )}
        {chosenIds && (
          <FormControlLabel
            value="targetIds"
            control={<Radio color="primary" />}
            label={`The ${countOf(
              chosenIds.length,
              'target',
            )} that you have chosen`}
          />
        )}
      </RadioGroup>
      {!chosenIds && (
        <Typography variant="caption" color="textSecondary">
          To try certain targets, tick them on the targets tab and press “Try a
          revision”.
        </Typography>
      )}
    </FormControl>
  );
}

function kindOf(sample: EvaluationSample): Kind {
  if ('size' in sample) return 'size';
  return 'sameAs' in sample ? 'sameAs' : 'targetIds';
}
