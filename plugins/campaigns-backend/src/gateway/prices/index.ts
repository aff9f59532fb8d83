export * from './costOf';
export * from './countsOf';
export * from './defaultPrices';
export * from './types';
export * from './worstCase';
