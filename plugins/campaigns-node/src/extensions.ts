import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ModelProvider } from './model';
import {
  CodeSearchProvider,
  Forge,
  FrameworkDetector,
  JobExecutor,
  LineageEventSource,
  LineageProvider,
  SchemaProvider,
} from './types';

/** @public */
export interface CampaignsLineageExtensionPoint {
  addLineageProvider(provider: LineageProvider): void;
  addLineageEventSource(source: LineageEventSource): void;
}

/** @public */
export const campaignsLineageExtensionPoint =
  createExtensionPoint<CampaignsLineageExtensionPoint>({
    id: 'campaigns.lineage',
  });

/** @public */
export interface CampaignsForgeExtensionPoint {
  addForge(forge: Forge): void;
  addCodeSearchProvider(provider: CodeSearchProvider): void;
}

/** @public */
export const campaignsForgeExtensionPoint =
  createExtensionPoint<CampaignsForgeExtensionPoint>({ id: 'campaigns.forge' });

/** @public */
export interface CampaignsExecutionExtensionPoint {
  /** Replaces the built-in local executor; at most once. */
  setJobExecutor(executor: JobExecutor): void;
  addFrameworkDetector(detector: FrameworkDetector): void;
}

/** @public */
export const campaignsExecutionExtensionPoint =
  createExtensionPoint<CampaignsExecutionExtensionPoint>({
    id: 'campaigns.execution',
  });

/** @public */
export interface CampaignsModelExtensionPoint {
  /** The model behind the gateway; at most one. */
  setModelProvider(provider: ModelProvider): void;
}

/** @public */
export const campaignsModelExtensionPoint =
  createExtensionPoint<CampaignsModelExtensionPoint>({ id: 'campaigns.model' });

/** @public */
export interface CampaignsSchemaExtensionPoint {
  addSchemaProvider(provider: SchemaProvider): void;
}

/** @public */
export const campaignsSchemaExtensionPoint =
  createExtensionPoint<CampaignsSchemaExtensionPoint>({
    id: 'campaigns.schema',
  });
