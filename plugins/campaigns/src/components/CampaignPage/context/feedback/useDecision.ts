import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { Campaign } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../../data/errorMessage';
import { useCampaignAction } from '../../../../data/useCampaignAction';
import { countOf } from '../../../../format/words';

/** Dismisses feedback, or takes that back; says what came of it. */
export function useDecision(
  campaign: Campaign,
  decision: 'dismiss' | 'reopen',
  onDone?: () => void,
) {
  const alertApi = useApi(alertApiRef);
  return useCampaignAction<string[], void>({
    act: async (api, keys) => {
      try {
        await (decision === 'dismiss'
          ? api.dismissFeedback(campaign.name, { keys })
          : api.reopenFeedback(campaign.name, { keys }));
      } catch (error) {
        // There is no dialog to say it in.
        alertApi.post({
          message: errorMessage(error as Error),
          severity: 'error',
        });
        throw error;
      }
    },
    describe: (_result, keys) =>
      `${countOf(keys.length, 'remark')} ${
        decision === 'dismiss' ? 'dismissed' : 'open again'
      }.`,
    onDone,
  });
}
