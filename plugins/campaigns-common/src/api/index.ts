export * from './CampaignsClient';
export * from './types';
