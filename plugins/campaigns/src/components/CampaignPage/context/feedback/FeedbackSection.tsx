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
            />
          )
        }
      </Loadable>
    </SectionCard>
  );
}

function Inbox(props: {
  campaign: Campaign;
  page: Page<FeedbackGroup>;
  view: FeedbackView;
  onPage: (page: number) => void;
}) {
  const classes = useStyles();
  const { campaign, onPage, view } = props;
  const { items, totalItems } = props.page;
  const [ticked, setTicked] = useState<string[]>([]);
  const [promoting, setPromoting] = useState<FeedbackGroup[]>();
  const chosen = items.filter(({ key }) => ticked.includes(key));
  return (
    <>
      <FeedbackBar
        campaign={campaign}
        chosen={chosen}
        onPromote={() => setPromoting(chosen)}
        onDone={() => setTicked([])}
      />
      <ul className={classes.list} aria-label="Feedback">
        {items.map(group => (
          <FeedbackItem
            key={group.key}
            campaign={campaign}
            group={group}
            ticked={ticked.includes(group.key)}
            onTick={() =>
              setTicked(current =>
                current.includes(group.key)
                  ? current.filter(key => key !== group.key)
                  : [...current, group.key],
              )
            }
            onPromote={() => setPromoting([group])}
          />
        ))}
      </ul>
      <ListPagination
        totalItems={totalItems}
        page={view.page}
        pageSize={feedbackPageSize}
        onPage={onPage}
      />
      {promoting && (
        <PromoteDialog
          campaign={campaign}
          groups={promoting}
          onClose={() => {
            setPromoting(undefined);
            setTicked([]);
          }}
        />
      )}
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
