import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';

export interface ChipsFieldProps {
  id: string;
  label: string;
  placeholder: string;
  values: string[];
  onChange: (values: string[]) => void;
  options: string[];
  /** What is meant by what was typed; undefined where it can be nothing. */
  read: (typed: string) => string | undefined;
}

/** Several short values, chosen or typed; what was typed counts when the field is left, too. */
export function ChipsField(props: ChipsFieldProps) {
  const { id, label, placeholder, values, onChange, options, read } = props;
  return (
    <Autocomplete
      id={id}
      multiple
      freeSolo
      autoSelect
      filterSelectedOptions
      size="small"
      limitTags={4}
      options={options}
      value={values}
      onChange={(_event, next) =>
        onChange([...new Set(next.flatMap(each => read(each) ?? []))])
      }
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={label}
          placeholder={values.length === 0 ? placeholder : undefined}
          variant="outlined"
          InputLabelProps={{ shrink: true }}
        />
      )}
    />
  );
}
