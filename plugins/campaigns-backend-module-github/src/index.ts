/**
 * Forge and code search on GitHub for the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleGithub as default } from './module';
export { GithubClients } from './forge/GithubClients';
export { GithubForge } from './forge/GithubForge';
export { GithubCodeSearchProvider } from './search/GithubCodeSearchProvider';
