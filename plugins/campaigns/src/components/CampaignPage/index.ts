export * from './CampaignPage';
