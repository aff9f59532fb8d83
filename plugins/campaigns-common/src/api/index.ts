export * from './CampaignsClient';
export * from './ContextApi';
export * from './paging';
export * from './types';
