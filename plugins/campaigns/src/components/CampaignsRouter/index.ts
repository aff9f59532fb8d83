export * from './CampaignsRouter';
