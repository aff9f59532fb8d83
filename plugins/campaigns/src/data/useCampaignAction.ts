import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useMutation } from '@tanstack/react-query';
import { CampaignsApi } from '@skein/plugin-campaigns-common';
import { useCampaignsData } from './CampaignsDataProvider';

/**
 * Something a person does: calls the API, says what came of it, and has
 * everything shown read again, also after a failure, since a conflict means
 * that the page is out of date.
 */
export function useCampaignAction<TInput, TResult>(options: {
  act: (api: CampaignsApi, input: TInput) => Promise<TResult>;
  /** One line for a person; undefined where the dialog tells. */
  describe?: (result: TResult, input: TInput) => string | undefined;
  onDone?: (result: TResult, input: TInput) => void;
}) {
  const { api, store } = useCampaignsData();
  const alertApi = useApi(alertApiRef);
  return useMutation<TResult, Error, TInput>({
    mutationFn: input => options.act(api, input),
    onSuccess: (result, input) => {
      const message = options.describe?.(result, input);
      if (message) {
        alertApi.post({ message, severity: 'success', display: 'transient' });
      }
      options.onDone?.(result, input);
    },
    onSettled: () => {
      store.client.invalidateQueries();
    },
  });
}
