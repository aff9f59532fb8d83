import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Popover from '@material-ui/core/Popover';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDropDownIcon from '@material-ui/icons/ArrowDropDown';
import { FirstField } from './FirstField';

const useStyles = makeStyles(theme => ({
  paper: { width: 300, maxHeight: 420 },
  search: { padding: theme.spacing(1, 2, 0) },
  checkbox: { padding: 4, marginRight: theme.spacing(1) },
  item: { padding: 0 },
  option: {
    display: 'flex',
    alignItems: 'center',
    width: '100%',
    padding: theme.spacing(0.5, 2),
    cursor: 'pointer',
    '&:hover': { backgroundColor: theme.palette.action.hover },
  },
  text: { overflowWrap: 'anywhere' },
}));

export interface FilterOption {
  value: string;
  label: string;
  count: number;
}

export interface FilterMenuProps {
  label: string;
  options: FilterOption[];
  selected: string[];
  onChange: (selected: string[]) => void;
}

/** A button that opens a list to tick; a long list can be searched. */
export function FilterMenu(props: FilterMenuProps) {
  const classes = useStyles();
  const { label, options, selected, onChange } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [search, setSearch] = useState('');
  const words = search.trim().toLocaleLowerCase('en-US');
  const shown = options.filter(option =>
    option.label.toLocaleLowerCase('en-US').includes(words),
  );

  const toggle = (value: string) =>
    onChange(
      selected.includes(value)
        ? selected.filter(other => other !== value)
        : [...selected, value],
    );

  return (
    <>
      <Button
        variant="outlined"
        size="small"
        color={selected.length > 0 ? 'primary' : 'default'}
        endIcon={<ArrowDropDownIcon />}
        onClick={event => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        disabled={options.length === 0 && selected.length === 0}
      >
        {selected.length > 0 ? `${label} (${selected.length})` : label}
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-label': `Filter by ${label.toLocaleLowerCase('en-US')}`,
        }}
      >
        {options.length > 10 && (
          <div className={classes.search}>
            <FirstField
              id="filter-search"
              size="small"
              placeholder="Search"
              inputProps={{ 'aria-label': `Search ${label}` }}
              value={search}
              onChange={event => setSearch(event.target.value)}
            />
          </div>
        )}
        <List dense>
          {shown.map(option => (
            <ListItem
              key={option.value}
              disableGutters
              className={classes.item}
            >
              <label className={classes.option}>
                <Checkbox
                  checked={selected.includes(option.value)}
                  onChange={() => toggle(option.value)}
                  className={classes.checkbox}
                  size="small"
                  color="primary"
                />
                <ListItemText primary={option.label} className={classes.text} />
                <Typography variant="body2" color="textSecondary">
                  {option.count}
                </Typography>
              </label>
            </ListItem>
          ))}
        </List>
      </Popover>
    </>
  );
}
