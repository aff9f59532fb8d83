export * from './CampaignActions';
