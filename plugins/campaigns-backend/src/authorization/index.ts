export * from './Authorizer';
export * from './rowFilter';
export * from './rules';
export * from './conditions';
export * from './registerPermissions';
