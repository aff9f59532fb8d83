export * from './CampaignsListPage';
