import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';

export function CampaignsListSkeleton() {
  return (
    <Paper style={{ padding: 24 }}>
      {[0, 1, 2, 3].map(row => (
        <Skeleton key={row} variant="text" height={56} />
      ))}
    </Paper>
  );
}
