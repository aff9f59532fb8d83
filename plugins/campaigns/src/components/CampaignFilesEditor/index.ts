export * from './CampaignFilesEditor';
export * from './useCampaignFiles';
