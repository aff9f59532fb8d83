import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CampaignSpend } from '@skein/plugin-campaigns-common';
import { formatMoney } from '../../../format/money';
import { countOf } from '../../../format/words';
import { useGroupColor } from '../../shared';
import { fillDays, SpendDay } from './fillDays';

const MOST_DAYS = 60;
const HEIGHT = 112;
/** Of one day at most: few days do not fill the row. */
const WIDTH = 56;

const useStyles = makeStyles(theme => ({
  days: {
    display: 'flex',
    alignItems: 'flex-end',
    gap: 2,
    height: HEIGHT,
    margin: 0,
    padding: 0,
    listStyle: 'none',
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  day: {
    flex: '1 1 0',
    height: '100%',
    display: 'flex',
    alignItems: 'flex-end',
  },
  column: { width: '100%', borderRadius: '2px 2px 0 0' },
  axis: { display: 'flex', justifyContent: 'space-between' },
}));

/** What was spent on each day, as columns. */
export function SpendDays(props: { spend: CampaignSpend }) {
  const { byDay, currency } = props.spend;
  const days = fillDays(byDay, MOST_DAYS);
  const classes = useStyles();
  const color = useGroupColor()('working');
  const most = Math.max(...days.map(({ cost }) => cost));
  if (days.length === 0) return null;
  const describe = ({ day, cost, calls }: SpendDay) =>
    `${day}: ${formatMoney(cost, currency)}, ${countOf(calls, 'call')}`;
  return (
    <div style={{ maxWidth: days.length * WIDTH }}>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        Per day (UTC), up to {formatMoney(most, currency)}
      </Typography>
      <ul className={classes.days} aria-label="Spent per day">
        {days.map(each => (
          <Tooltip key={each.day} title={describe(each)}>
            <li className={classes.day} aria-label={describe(each)}>
              <div
                className={classes.column}
                style={{
                  backgroundColor: color,
                  height: columnHeight(each.cost, most),
                }}
              />
            </li>
          </Tooltip>
        ))}
      </ul>
      <div className={classes.axis} aria-hidden>
        <Typography variant="caption" color="textSecondary">
          {days[0].day}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {days[days.length - 1].day}
        </Typography>
      </div>
    </div>
  );
}

/** A day with any cost is seen. */
function columnHeight(cost: number, most: number): number {
  return cost > 0 ? Math.max(3, Math.round((cost / most) * HEIGHT)) : 0;
}
