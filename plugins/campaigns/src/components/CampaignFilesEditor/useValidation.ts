import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { keepPreviousData } from '@tanstack/react-query';
import { CampaignFiles } from '@skein/plugin-campaigns-common';
import useDebounce from 'react-use/esm/useDebounce';
import { useCampaignsData } from '../../data/CampaignsDataProvider';

/** Has the backend look at the files once a person stops typing. */
export function useValidation(files: CampaignFiles) {
  const { api } = useCampaignsData();
  const [settled, setSettled] = useState(files);
  useDebounce(() => setSettled(files), 400, [files]);
  const query = useQuery({
    queryKey: ['validate', settled],
    queryFn: () => api.validateCampaign(settled),
    enabled: settled.yaml.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
  return {
    result: files.yaml.trim() === '' ? undefined : query.data,
    error: query.error,
    /** What is shown does not yet speak of what is typed. */
    pending: settled !== files || query.isFetching,
  };
}
