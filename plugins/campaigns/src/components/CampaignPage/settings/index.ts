export * from './SettingsTab';
