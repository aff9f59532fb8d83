import { useParams } from 'react-router-dom';
import { EmptyState, MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useCampaign } from '../../data/queries';
import { campaignRouteRef } from '../../routes';
import { Loadable, PageFrame } from '../shared';

// In running text, colour alone does not tell a link.
const useStyles = makeStyles({
  text: { '& p a, & li a': { textDecoration: 'underline' } },
});

/** The migration guide of a campaign that came with one: notes in people's code link here. */
export function GuidePage() {
  const classes = useStyles();
  const { name = '' } = useParams();
  const campaignPath = useRouteRef(campaignRouteRef);
  const query = useCampaign(name);
  return (
    <PageFrame
      title="Migration guide"
      subtitle={query.data?.title}
      parent={{ title: name, path: campaignPath({ name }) }}
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={320} />}
      >
        {({ spec }) =>
          spec.guideText ? (
            <Card>
              <CardContent>
                <MarkdownContent
                  content={spec.guideText}
                  dialect="gfm"
                  className={classes.text}
                />
              </CardContent>
            </Card>
          ) : (
            <EmptyState
              missing="content"
              title="This campaign has no guide of its own"
              description={
                spec.guide ?? 'Ask the owner of the campaign how to migrate.'
              }
            />
          )
        }
      </Loadable>
    </PageFrame>
  );
}
