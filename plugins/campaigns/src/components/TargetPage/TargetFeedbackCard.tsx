import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { useTargetFeedback } from '../../data/contextQueries';
import { useContextPaths } from '../CampaignPage/context/useContextPaths';
import { FeedbackOrigin, FeedbackText } from '../FeedbackEntry';
import { ListPagination, SectionCard } from '../shared';

const pageSize = 5;

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: { '& + &': { marginTop: theme.spacing(2) } },
}));

/** What reviewers said of a target's changes, and its agents of their instructions; nothing where nobody spoke. */
export function TargetFeedbackCard(props: { target: Target }) {
  const classes = useStyles();
  const { target } = props;
  const [page, setPage] = useState(0);
  const paths = useContextPaths(target.campaignName);
  const { data } = useTargetFeedback(target, {
    offset: page * pageSize,
    limit: pageSize,
  });
  if (!data || data.totalItems === 0) return null;
  return (
    <SectionCard
      title="Feedback"
      subheader={
        <>
          What reviewers and agents said of this target.{' '}
          <Link to={paths.feedback}>Make lessons of it</Link>
        </>
      }
    >
      <ul className={classes.list} aria-label="Feedback on this target">
        {data.items.map(feedback => (
          <li key={feedback.id} className={classes.item}>
            <FeedbackText text={feedback.text} />
            <FeedbackOrigin
              feedback={feedback}
              campaignName={target.campaignName}
              onTarget
            />
          </li>
        ))}
      </ul>
      <ListPagination
        totalItems={data.totalItems}
        page={page}
        pageSize={pageSize}
        onPage={setPage}
      />
    </SectionCard>
  );
}
