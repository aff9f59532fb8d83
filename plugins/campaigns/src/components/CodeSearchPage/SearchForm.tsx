import { FormEvent, useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import SearchIcon from '@material-ui/icons/Search';
import { codeLanguageNames } from '@skein/plugin-campaigns-common';
import {
  SearchFields,
  shortestQuery,
  toKind,
} from '../../codeSearch/searchAddress';
import { useSystemStatus } from '../../data/queries';
import { ChipsField } from './ChipsField';

const repositoryPattern =
  /^(?:[A-Za-z0-9.:*-]+\/)?[A-Za-z0-9_.*-]+\/[A-Za-z0-9_.*-]+$/;

const useStyles = makeStyles(theme => ({
  form: { padding: theme.spacing(2), marginBottom: theme.spacing(3) },
  row: {
    display: 'grid',
    gap: theme.spacing(2),
    alignItems: 'start',
    marginBottom: theme.spacing(2),
  },
  words: { gridTemplateColumns: 'minmax(0, 1fr) auto auto' },
  filters: {
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: '1fr' },
  },
  code: { fontFamily: 'Menlo, Consolas, monospace' },
  providers: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 2),
  },
}));

export interface SearchFormProps {
  /** What the address says. */
  fields: SearchFields;
  running: boolean;
  onSearch: (fields: SearchFields) => void;
  onStop: () => void;
}

/** What to look for, and where; nothing runs before it is sent. */
export function SearchForm(props: SearchFormProps) {
  const classes = useStyles();
  const { running, onSearch, onStop } = props;
  const [fields, setFields] = useState(props.fields);
  const [problem, setProblem] = useState<string>();
  useEffect(() => setFields(props.fields), [props.fields]);
  const change = (change_: Partial<SearchFields>) => {
    setProblem(undefined);
    setFields(current => ({ ...current, ...change_ }));
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fields.query.trim().length < shortestQuery) {
      setProblem(`Search for at least ${shortestQuery} characters`);
      return;
    }
    onSearch(fields);
  };

  return (
    <Paper className={classes.form}>
      <form onSubmit={submit} role="search" aria-label="Search code">
        <div className={`${classes.row} ${classes.words}`}>
          <TextField
            id="code-search-query"
            label={fields.regex ? 'Pattern' : 'Words'}
            value={fields.query}
            onChange={event => change({ query: event.target.value })}
            placeholder={fields.regex ? 'users_v[12]\\b' : 'user_data.users_v1'}
            helperText={
              problem ??
              (fields.regex
                ? 'A regular expression in the syntax of RE2, for one line'
                : 'Found literally in one line, in upper or lower case')
            }
            error={problem !== undefined}
            variant="outlined"
            size="small"
            fullWidth
            InputLabelProps={{ shrink: true }}
            inputProps={{
              className: classes.code,
              maxLength: 200,
              spellCheck: false,
              autoCapitalize: 'off',
            }}
          />
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={fields.regex}
                onChange={event => change({ regex: event.target.checked })}
              />
            }
            label="Regular expression"
          />
          {running ? (
            <Button variant="outlined" size="large" onClick={onStop}>
              Stop
            </Button>
          ) : (
            <Button
              type="submit"
              variant="contained"
              color="primary"
              size="large"
              startIcon={<SearchIcon />}
            >
              Search
            </Button>
          )}
        </div>
        <div className={`${classes.row} ${classes.filters}`}>
          <ChipsField
            id="code-search-kinds"
            label="Languages or extensions"
            placeholder="sql, .j2"
            values={fields.kinds}
            onChange={kinds => change({ kinds })}
            options={codeLanguageNames}
            read={toKind}
          />
          <ChipsField
            id="code-search-repositories"
            label="Repositories"
            placeholder="owner/name, owner/*"
            values={fields.repositories}
            onChange={repositories => change({ repositories })}
            options={[]}
            read={typed =>
              repositoryPattern.test(typed.trim()) ? typed.trim() : undefined
            }
          />
          <TextField
            id="code-search-path"
            label="Path"
            value={fields.path}
            onChange={event => change({ path: event.target.value })}
            placeholder="models"
            variant="outlined"
            size="small"
            fullWidth
            InputLabelProps={{ shrink: true }}
            inputProps={{ maxLength: 500, spellCheck: false }}
          />
        </div>
        <Providers
          chosen={fields.providers}
          onChange={providers => change({ providers })}
        />
      </form>
    </Paper>
  );
}

/** Which of the installed searches to ask; one is no choice. */
function Providers(props: {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const classes = useStyles();
  const { chosen, onChange } = props;
  const installed = useSystemStatus().data?.codeSearch ?? [];
  if (installed.length < 2) return <></>;
  const asked = (id: string) => chosen.length === 0 || chosen.includes(id);
  const toggle = (id: string) => {
    const next = installed
      .map(each => each.id)
      .filter(each => (each === id ? !asked(each) : asked(each)));
    onChange(next.length === installed.length ? [] : next);
  };
  return (
    <div role="group" aria-label="Ask" className={classes.providers}>
      <Typography variant="body2" component="span" aria-hidden>
        Ask
      </Typography>
      {installed.map(({ id, title }) => (
        <FormControlLabel
          key={id}
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={asked(id)}
              // The last one stays: nobody would be asked.
              disabled={
                asked(id) &&
                installed.filter(each => asked(each.id)).length === 1
              }
              onChange={() => toggle(id)}
            />
          }
          label={title}
        />
      ))}
    </div>
  );
}
