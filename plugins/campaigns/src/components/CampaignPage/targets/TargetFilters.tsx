import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { TargetFacets, TargetFilter } from '@skein/plugin-campaigns-common';
import {
  FilterList,
  isFiltered,
} from '../../../targetFilters/targetFilterParams';
import { FilterMenu, SearchField, useTypedSearch } from '../../shared';
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
  const [typed, setTyped] = useTypedSearch(filter.search ?? '', search =>
    onFilter(withValue(filter, 'search', search || undefined)),
  );

  return (
    <div className={classes.root} role="search" aria-label="Filter targets">
      <SearchField
        className={classes.search}
        label="Search targets"
        placeholder="Search repository or path"
        value={typed}
        onValue={setTyped}
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
