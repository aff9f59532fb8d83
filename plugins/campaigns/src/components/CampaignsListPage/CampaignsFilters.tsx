import { PropsWithChildren } from 'react';
import Box from '@material-ui/core/Box';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { CampaignState, campaignStates } from '@skein/plugin-campaigns-common';
import { campaignStatePresentations } from '../../states/campaignStates';
import { ChoiceButton } from '../shared';

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
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      mb={2}
      style={{ gap: 16 }}
    >
      <TextField
        value={props.search}
        onChange={event => props.onSearch(event.target.value)}
        placeholder="Search by title or name"
        variant="outlined"
        size="small"
        inputProps={{ 'aria-label': 'Search campaigns' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
        style={{ width: 280 }}
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
