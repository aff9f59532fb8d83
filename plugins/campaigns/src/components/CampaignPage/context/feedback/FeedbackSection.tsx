import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import Skeleton from '@material-ui/lab/Skeleton';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign, FeedbackGroup, Page } from '@skein/plugin-campaigns-common';
import { useFeedback } from '../../../../data/contextQueries';
import { ListPagination, Loadable, SectionCard } from '../../../shared';
import { useExistingPage } from '../useExistingPage';
import { FeedbackBar } from './FeedbackBar';
import { FeedbackFilters } from './FeedbackFilters';
import { FeedbackItem } from './FeedbackItem';
import { NoFeedback } from './NoFeedback';
import { PromoteDialog } from './PromoteDialog';
import {
  FeedbackView,
  feedbackPageSize,
  formatFeedbackView,
  parseFeedbackView,
  toListFeedbackRequest,
} from './feedbackView';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

/** What reviewers and agents said, to be made lessons of or to be dismissed. */
export function FeedbackSection(props: { campaign: Campaign }) {
  const { campaign } = props;
  const [view, setView] = useFeedbackView();
  // Not with the list: what has become a lesson may have been the last of it.
  const [promoting, setPromoting] = useState<FeedbackGroup[]>();
  const query = useFeedback(campaign, toListFeedbackRequest(view));
  const onPage = useCallback((page: number) => setView({ page }), [setView]);
  useExistingPage(query.data, {
    page: view.page,
    pageSize: feedbackPageSize,
    onPage,
  });
  return (
    <SectionCard
      title="Feedback"
      subheader="What reviewers write on pull requests, and what agents remark on their instructions. It reaches no job before a person makes a lesson of it."
      noPadding
    >
      <FeedbackFilters view={view} onView={setView} />
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={280} />}
      >
        {page =>
          page.totalItems === 0 ? (
            <NoFeedback view={view} onAll={() => setView({ state: 'all' })} />
          ) : (
            <Inbox
              // Ticks do not outlive the list that they were made in.
              key={formatFeedbackView(view).toString()}
              campaign={campaign}
              page={page}
              view={view}
              onPage={onPage}
              onPromote={setPromoting}
            />
          )
        }
      </Loadable>
      {promoting && (
        <PromoteDialog
          campaign={campaign}
          groups={promoting}
          onClose={() => setPromoting(undefined)}
        />
      )}
    </SectionCard>
  );
}

function Inbox(props: {
  campaign: Campaign;
  page: Page<FeedbackGroup>;
  view: FeedbackView;
  onPage: (page: number) => void;
  onPromote: (groups: FeedbackGroup[]) => void;
}) {
  const classes = useStyles();
  const { campaign, onPage, onPromote, view } = props;
  const { items, totalItems } = props.page;
  const [ticked, setTicked] = useState<string[]>([]);
  const chosen = items.filter(({ key }) => ticked.includes(key));
  const toggle = (key: string) =>
    setTicked(current =>
      current.includes(key)
        ? current.filter(other => other !== key)
        : [...current, key],
    );
  return (
    <>
      <FeedbackBar
        campaign={campaign}
        chosen={chosen}
        onPromote={() => onPromote(chosen)}
        onClear={() => setTicked([])}
      />
      <ul className={classes.list} aria-label="Feedback">
        {items.map(group => (
          <FeedbackItem
            key={group.key}
            campaign={campaign}
            group={group}
            ticked={ticked.includes(group.key)}
            onTick={() => toggle(group.key)}
            onPromote={() => onPromote([group])}
          />
        ))}
      </ul>
      <ListPagination
        totalItems={totalItems}
        page={view.page}
        pageSize={feedbackPageSize}
        onPage={onPage}
      />
    </>
  );
}

function useFeedbackView(): [
  FeedbackView,
  (change: Partial<FeedbackView>) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parseFeedbackView(parameters), [parameters]);
  const setView = useCallback(
    (change: Partial<FeedbackView>) =>
      setParameters(
        current =>
          formatFeedbackView({
            ...parseFeedbackView(current),
            // Another filter begins at its first page.
            page: 0,
            ...change,
          }),
        { replace: true },
      ),
    [setParameters],
  );
  return [view, setView];
}
