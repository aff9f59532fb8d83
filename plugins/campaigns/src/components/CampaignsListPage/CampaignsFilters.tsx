import { PropsWithChildren } from 'react';
import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { CampaignState, campaignStates } from '@skein/plugin-campaigns-common';
import { campaignStatePresentations } from '../../states/campaignStates';
import { ChoiceButton, SearchField } from '../shared';

const useStyles = makeStyles({ search: { width: 280 } });

export interface CampaignsFiltersProps {
  search: string;
  onSearch: (search: string) => void;
  states: CampaignState[];
  onStates: (states: CampaignState[]) => void;
}

/** Search by words, and which states to show; none chosen shows all. Children stand at the right. */
export function CampaignsFilters(
  props: PropsWithChildren<CampaignsFiltersProps>,
) {
  const classes = useStyles();
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      mb={2}
      style={{ gap: 16 }}
    >
      <SearchField
        className={classes.search}
        label="Search campaigns"
        placeholder="Search by title or name"
        value={props.search}
        onValue={props.onSearch}
      />
      <ToggleButtonGroup
        size="small"
        value={props.states}
        onChange={(_event, states: CampaignState[]) => props.onStates(states)}
        aria-label="States to show"
      >
        {campaignStates.map(state => (
          <ChoiceButton key={state} value={state}>
            {campaignStatePresentations[state].label}
          </ChoiceButton>
        ))}
      </ToggleButtonGroup>
      <Box display="flex" alignItems="center" ml="auto" style={{ gap: 16 }}>
        {props.children}
      </Box>
    </Box>
  );
}
