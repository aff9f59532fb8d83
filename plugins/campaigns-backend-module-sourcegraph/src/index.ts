/**
 * Code search by Sourcegraph or Zoekt for the campaigns plugin.
 *
 * @packageDocumentation
 */
export {
  campaignsModuleSourcegraph,
  campaignsModuleSourcegraph as default,
} from './module';
