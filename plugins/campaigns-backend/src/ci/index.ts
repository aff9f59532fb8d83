export * from './RemoteCi';
