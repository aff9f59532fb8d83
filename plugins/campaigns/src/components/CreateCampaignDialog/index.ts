export * from './CreateCampaignDialog';
