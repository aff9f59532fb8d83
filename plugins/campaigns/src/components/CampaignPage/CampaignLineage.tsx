import { useState } from 'react';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { Campaign } from '@skein/plugin-campaigns-common';
import { LineageView } from '../LineageView';

/** Lineage of the datasets that go, one at a time. */
export function CampaignLineage(props: { campaign: Campaign }) {
  const { datasets } = props.campaign;
  const [dataset, setDataset] = useState(datasets[0]?.from ?? '');
  return (
    <>
      {datasets.length > 1 && (
        <TextField
          id="lineage-dataset"
          select
          variant="outlined"
          size="small"
          label="Dataset"
          value={dataset}
          onChange={event => setDataset(event.target.value)}
          style={{ marginBottom: 16, minWidth: 320 }}
        >
          {datasets.map(({ from }) => (
            <MenuItem key={from} value={from}>
              {from}
            </MenuItem>
          ))}
        </TextField>
      )}
      <LineageView key={dataset} dataset={dataset} />
    </>
  );
}
