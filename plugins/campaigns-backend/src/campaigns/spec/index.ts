export * from './parseCampaign';
