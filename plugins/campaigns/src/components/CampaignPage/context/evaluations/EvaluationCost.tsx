import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Campaign, Evaluation } from '@skein/plugin-campaigns-common';
import { useSpend } from '../../../../data/queries';
import { formatMoney } from '../../../../format/money';
import { costOfTrial } from './costOfTrial';

/** What trials will cost, as far as earlier ones tell, and what is left to spend. */
export function EvaluationCost(props: {
  campaign: Campaign;
  evaluations: Evaluation[];
  /** Of targets to be tried. */
  count: number;
}) {
  const { campaign, count, evaluations } = props;
  const spend = useSpend(campaign).data;
  if (!spend) return null;
  const money = (amount: number) => formatMoney(amount, spend.currency);
  const each = costOfTrial(evaluations);
  const { amount, perJob } = spend.budget;
  const left =
    amount === undefined
      ? undefined
      : Math.max(0, amount - spend.spent - spend.reserved);
  const expected = each === undefined ? undefined : each * count;
  return (
    <>
      <Typography variant="subtitle2" component="h3">
        What it will cost
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {expected === undefined
          ? 'No trial has ended yet to tell by.'
          : `About ${money(expected)}: earlier trials cost ${money(
              each!,
            )} each.`}
        {perJob !== undefined && ` No trial spends more than ${money(perJob)}.`}
        {left !== undefined &&
          ` ${money(left)} are left of the campaign's budget of ${money(
            amount!,
          )}.`}
      </Typography>
      {left !== undefined && expected !== undefined && expected > left && (
        <Alert severity="warning" style={{ marginTop: 8 }}>
          That is more than is left: trials whose calls no longer fit end as
          over budget, and so would jobs of the campaign.
        </Alert>
      )}
    </>
  );
}
