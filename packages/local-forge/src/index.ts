export { createLocalForge } from './createLocalForge';
export type { LocalForge, LocalForgeOptions } from './createLocalForge';
export type { Admin, NewApp, NewWebhook } from './admin/Admin';
export type { NewCommit, NewRepository } from './domain/repositories';
export type {
  Behaviour,
  BehaviourPatch,
  BehaviourSettings,
  Mishap,
} from './behaviour/Behaviour';
export { runCommand } from './runCommand';
export type { ForgeConfig } from './runCommand';
