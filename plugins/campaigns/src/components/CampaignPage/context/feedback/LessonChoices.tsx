import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { Lesson } from '@skein/plugin-campaigns-common';

export type Reader = Lesson['for'][number];

const readerLabels: Record<Reader, string> = {
  agent: 'The agent, so that it does better',
  judge: 'The judge, so that it vetoes what does not heed it',
};

/** Who is told a lesson, and when. */
export function LessonChoices(props: {
  /** Number of the revision that jobs are told now. */
  currentRevision: number;
  readers: Reader[];
  onReaders: (readers: Reader[]) => void;
  adopt: boolean;
  onAdopt: (adopt: boolean) => void;
}) {
  const { adopt, currentRevision, onAdopt, onReaders, readers } = props;
  return (
    <>
      <FormControl component="fieldset" margin="normal" fullWidth>
        <FormLabel component="legend">Who is told</FormLabel>
        <FormGroup>
          {(Object.keys(readerLabels) as Reader[]).map(reader => (
            <FormControlLabel
              key={reader}
              control={
                <Checkbox
                  color="primary"
                  checked={readers.includes(reader)}
                  onChange={event =>
                    onReaders(
                      event.target.checked
                        ? [...readers, reader]
                        : readers.filter(other => other !== reader),
                    )
                  }
                />
              }
              label={readerLabels[reader]}
            />
          ))}
        </FormGroup>
        {readers.length === 0 && (
          <FormHelperText error>Somebody has to be told.</FormHelperText>
        )}
      </FormControl>
      <FormControl component="fieldset" margin="dense" fullWidth>
        <FormLabel component="legend">When</FormLabel>
        <RadioGroup
          value={adopt ? 'adopt' : 'candidate'}
          onChange={event => onAdopt(event.target.value === 'adopt')}
        >
          <FormControlLabel
            value="candidate"
            control={<Radio color="primary" />}
            label="Store it in a new revision, and evaluate that first"
          />
          <FormControlLabel
            value="adopt"
            control={<Radio color="primary" />}
            label="Tell it to all jobs that start from now on"
          />
        </RadioGroup>
        <FormHelperText>
          {adopt
            ? 'Jobs that run now go on without it, and nothing is redone; what failed can be retried with it.'
            : `Jobs go on with revision ${currentRevision} until somebody adopts the new one.`}
        </FormHelperText>
      </FormControl>
    </>
  );
}
