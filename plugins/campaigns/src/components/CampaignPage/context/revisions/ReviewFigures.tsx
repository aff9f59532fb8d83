import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, ReviewStatistics } from '@skein/plugin-campaigns-common';
import { useReviewStatistics } from '../../../../data/contextQueries';
import { countOf } from '../../../../format/words';
import { Loadable, SectionCard } from '../../../shared';
import { Figure, FigureList } from '../FigureList';
import { Rate, formatRate, reviewRates } from './reviewRates';

/** How the changes that a revision led to fared in review and on the forge. */
export function ReviewFigures(props: {
  campaign: Campaign;
  revisionId: string;
}) {
  const { campaign, revisionId } = props;
  const query = useReviewStatistics(campaign);
  return (
    <SectionCard
      title="In review"
      subheader="Of the campaign's own jobs; trials are counted with their evaluations."
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={64} />}
      >
        {({ items }) => {
          const own = items.find(each => each.revisionId === revisionId);
          return own && own.reviewed > 0 ? (
            <FigureList figures={figuresOf(own)} />
          ) : (
            <Typography variant="body2">
              No change that was made with it has been reviewed yet.
            </Typography>
          );
        }}
      </Loadable>
    </SectionCard>
  );
}

function figuresOf(statistics: ReviewStatistics): Figure[] {
  const rates = reviewRates(statistics);
  const of = (label: string, rate: Rate, whole: string): Figure => ({
    label,
    value: formatRate(rate),
    detail:
      rate.of === 0 ? `none ${whole}` : `${rate.count} of ${rate.of} ${whole}`,
  });
  return [
    {
      label: 'Reviewed',
      value: statistics.reviewed.toLocaleString('en'),
      detail: countOf(
        statistics.judged,
        'change was judged',
        'changes were judged',
      ),
    },
    of('Gates blocked', rates.blocked, 'reviewed'),
    of('Judge vetoed', rates.vetoed, 'judged'),
    of('Recovered', rates.recovered, 'vetoed'),
    of('Merged as is', rates.mergedAsIs, 'decided'),
    of('Merged edited', rates.mergedEdited, 'decided'),
    of('Closed', rates.closed, 'decided'),
  ];
}
