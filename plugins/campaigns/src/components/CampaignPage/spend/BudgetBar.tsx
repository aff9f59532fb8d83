import { makeStyles } from '@material-ui/core/styles';
import { CampaignSpend } from '@skein/plugin-campaigns-common';
import { formatMoney } from '../../../format/money';
import { useGroupColor } from '../../shared';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    height: 12,
    borderRadius: 4,
    overflow: 'hidden',
    backgroundColor: theme.palette.action.hover,
    border: `1px solid ${theme.palette.divider}`,
  },
  part: { minWidth: 2 },
}));

/** What is spent and what is reserved, as parts of the budget. */
export function BudgetBar(props: { spend: CampaignSpend; amount: number }) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const { spend, amount } = props;
  const { spent, reserved, currency } = spend;
  const percent = (part: number) =>
    `${amount > 0 ? Math.min(100, (part / amount) * 100) : 0}%`;
  const part = (size: number, color: string, opacity = 1) =>
    size > 0 && (
      <div
        className={classes.part}
        style={{ width: percent(size), backgroundColor: color, opacity }}
      />
    );
  // Full means that calls are refused: no reason to look done.
  const color = colorOf(spent >= amount * 0.9 ? 'attention' : 'working');
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={`${formatMoney(spent, currency)} of ${formatMoney(
        amount,
        currency,
      )} spent, ${formatMoney(reserved, currency)} reserved`}
    >
      {part(spent, color)}
      {part(reserved, color, 0.45)}
    </div>
  );
}
