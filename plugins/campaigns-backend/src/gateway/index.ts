export * from './GatewayError';
export * from './estimate/CostEstimator';
export * from './ModelGateway';
export * from './modelSettings';
export * from './readModelConfig';
export * from './types';
export * from './wire/createModelRouter';
