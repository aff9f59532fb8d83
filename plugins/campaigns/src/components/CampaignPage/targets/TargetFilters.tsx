import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import SearchIcon from '@material-ui/icons/Search';
import { TargetFacets, TargetFilter } from '@skein/plugin-campaigns-common';
import useDebounce from 'react-use/esm/useDebounce';
import {
  FilterList,
  isFiltered,
} from '../../../targetFilters/targetFilterParams';
import { FilterMenu } from '../../shared';
import { facetOptions } from './facetOptions';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
  },
  search: { width: 260 },
}));

const lists: Array<{ list: FilterList; label: string }> = [
  { list: 'states', label: 'State' },
  { list: 'frameworks', label: 'Framework' },
  { list: 'owners', label: 'Owner' },
  { list: 'waves', label: 'Wave' },
  { list: 'failureKinds', label: 'Failure' },
];

export interface TargetFiltersProps {
  filter: TargetFilter;
  facets: TargetFacets | undefined;
  onFilter: (filter: TargetFilter) => void;
}

/** Narrows the targets; the backend filters. */
export function TargetFilters(props: TargetFiltersProps) {
  const classes = useStyles();
  const { filter, facets, onFilter } = props;
  const [typed, setTyped] = useState(filter.search ?? '');

  // Links and the button that clears change the address, not this field.
  useEffect(() => setTyped(filter.search ?? ''), [filter.search]);

  useDebounce(
    () => {
      const search = typed.trim() || undefined;
      if (search !== filter.search)
        onFilter(withValue(filter, 'search', search));
    },
    300,
    [typed],
  );

  return (
    <div className={classes.root} role="search" aria-label="Filter targets">
      <TextField
        className={classes.search}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        placeholder="Search repository or path"
        variant="outlined"
        size="small"
        margin="none"
        inputProps={{ 'aria-label': 'Search targets' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      {lists.map(({ list, label }) => (
        <FilterMenu
          key={list}
          label={label}
          options={facetOptions(list, facets, filter[list] ?? [])}
          selected={filter[list] ?? []}
          onChange={values =>
            onFilter(
              withValue(filter, list, values.length > 0 ? values : undefined),
            )
          }
        />
      ))}
      {isFiltered(filter) && (
        <Button size="small" onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
    </div>
  );
}

function withValue(
  filter: TargetFilter,
  name: keyof TargetFilter,
  value: string | string[] | undefined,
): TargetFilter {
  const { [name]: _replaced, ...others } = filter;
  return value === undefined ? others : { ...others, [name]: value };
}
