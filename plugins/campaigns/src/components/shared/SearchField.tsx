import { KeyboardEvent } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';

/** Where words to search for are typed. */
export function SearchField(props: {
  /** What is searched, for those who do not see it. */
  label: string;
  placeholder: string;
  value: string;
  onValue: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  className?: string;
}) {
  const { className, label, onKeyDown, onValue, placeholder, value } = props;
  return (
    <TextField
      className={className}
      value={value}
      onChange={event => onValue(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder={placeholder}
      variant="outlined"
      size="small"
      margin="none"
      inputProps={{ 'aria-label': label }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" />
          </InputAdornment>
        ),
      }}
    />
  );
}
