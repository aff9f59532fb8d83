import { KeyboardEvent, useRef, useState } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  Campaign,
  Target,
  TargetFilter,
  TargetSelection,
} from '@skein/plugin-campaigns-common';
import useDebounce from 'react-use/esm/useDebounce';
import { useTargets } from '../../../data/queries';
import { targetLabel } from '../../../format/repository';
import { TargetAction } from '../../../states/targetActions';
import {
  isActionPermitted,
  ListPagination,
  Loadable,
  SectionCard,
  useCampaignPermissions,
} from '../../shared';
import { TargetActionDialog } from '../../TargetActionDialog';
import { useTargetSelection } from '../targets/useTargetSelection';
import { CandidateBar } from './CandidateBar';
import { ScopeItem } from './ScopeItem';
import { actionOfKey, neighbourOf } from './candidateKeys';

const pageSize = 10;
const actions: TargetAction[] = ['include', 'skip'];

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    '&:focus-within': { backgroundColor: theme.palette.action.hover },
  },
  tick: { padding: theme.spacing(0.5) },
}));

interface PendingDecision {
  action: TargetAction;
  selection: TargetSelection;
  count: number;
  detail?: string;
}

/** What a person must decide, one or many at once, with the evidence in view. */
export function CandidateList(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<TargetFilter>({ states: ['candidate'] });
  const [page, setPage] = useState(0);
  const [pending, setPending] = useState<PendingDecision>();
  useDebounce(
    () => {
      const search = typed.trim() || undefined;
      if (search === filter.search) return;
      setFilter({ states: ['candidate'], ...(search && { search }) });
      setPage(0);
    },
    300,
    [typed],
  );
  const query = useTargets(campaign, {
    ...filter,
    sort: 'repository',
    offset: page * pageSize,
    limit: pageSize,
  });
  const selection = useTargetSelection(filter);
  const permissions = useCampaignPermissions(campaign.id);
  const list = useRef<HTMLUListElement>(null);
  const items = query.data?.items ?? [];
  const totalItems = query.data?.totalItems ?? 0;
  const chosen = selection.selectedOn(items);

  const decide = (action: TargetAction, target?: Target) => {
    if (!isActionPermitted(action, permissions, true)) return;
    if (target) {
      setPending({
        action,
        selection: { targetIds: [target.id] },
        count: 1,
        detail: `(${targetLabel(target)})`,
      });
    } else if (selection.allMatching) {
      setPending({ action, selection: { filter }, count: totalItems });
    } else if (selection.targets.size > 0) {
      const targetIds = [...selection.targets.keys()];
      setPending({ action, selection: { targetIds }, count: targetIds.length });
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOfKey(event.key);
    const next = list.current && neighbourOf(list.current, event);
    if (next) {
      next.focus();
    } else if (action) {
      const { id } = (event.target as Element).closest('li')?.dataset ?? {};
      // What is ticked goes before what is only looked at.
      const ticked = selection.allMatching || selection.targets.size > 0;
      decide(action, ticked ? undefined : items.find(it => it.id === id));
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <SectionCard
      title={`Candidates (${campaign.counts.candidate ?? 0})`}
      subheader="Found, but not surely a consumer. A person takes each in, or leaves it out; what is decided stays decided."
      action={
        <TextField
          value={typed}
          onChange={event => setTyped(event.target.value)}
          placeholder="Search repository or path"
          size="small"
          variant="outlined"
          margin="none"
          inputProps={{ 'aria-label': 'Search candidates' }}
          style={{ margin: 8 }}
        />
      }
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={80} />}
      >
        {() => (
          <>
            {totalItems === 0 ? (
              <Typography variant="body2">
                {filter.search ? 'No candidate matches.' : 'Nothing to decide.'}
              </Typography>
            ) : (
              <CandidateBar
                shown={items}
                totalItems={totalItems}
                selection={selection}
                permissions={permissions}
                onAction={action => decide(action)}
              />
            )}
            {/* Keys of the ticks in it. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
            <ul
              ref={list}
              className={classes.list}
              aria-label="Candidates"
              onKeyDown={onKeyDown}
            >
              {items.map(target => (
                <li
                  key={target.id}
                  className={classes.item}
                  data-id={target.id}
                >
                  <Checkbox
                    color="primary"
                    size="small"
                    className={classes.tick}
                    checked={chosen.has(target.id)}
                    onChange={event =>
                      selection.select([target], event.target.checked)
                    }
                    inputProps={{
                      'aria-label': `Select ${targetLabel(target)}`,
                    }}
                  />
                  <ScopeItem
                    target={target}
                    actions={actions}
                    permissions={permissions}
                    onAction={decide}
                  />
                </li>
              ))}
            </ul>
            <ListPagination
              totalItems={totalItems}
              page={page}
              pageSize={pageSize}
              onPage={setPage}
            />
          </>
        )}
      </Loadable>
      {pending && (
        <TargetActionDialog
          {...pending}
          campaignName={campaign.name}
          labels={new Map(items.map(it => [it.id, targetLabel(it)]))}
          onClose={result => {
            setPending(undefined);
            if (!result) return;
            selection.clear();
            setPage(0);
          }}
        />
      )}
    </SectionCard>
  );
}
