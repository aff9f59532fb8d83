import { ConflictError } from '@backstage/errors';
import {
  CampaignsExecutionExtensionPoint,
  CampaignsForgeExtensionPoint,
  CampaignsLineageExtensionPoint,
  CampaignsModelExtensionPoint,
  CampaignsSchemaExtensionPoint,
  CodeSearchProvider,
  Forge,
  FrameworkDetector,
  JobExecutor,
  LineageEventSource,
  LineageProvider,
  ModelProvider,
  SchemaProvider,
} from '@skein/plugin-campaigns-node';

/** What modules brought. */
export class Extensions {
  readonly lineageProviders: LineageProvider[] = [];
  readonly lineageEventSources: LineageEventSource[] = [];
  readonly forges: Forge[] = [];
  readonly codeSearchProviders: CodeSearchProvider[] = [];
  readonly frameworkDetectors: FrameworkDetector[] = [];
  readonly schemaProviders: SchemaProvider[] = [];
  #jobExecutor?: JobExecutor;
  #modelProvider?: ModelProvider;

  get jobExecutor(): JobExecutor | undefined {
    return this.#jobExecutor;
  }

  get modelProvider(): ModelProvider | undefined {
    return this.#modelProvider;
  }

  readonly lineage: CampaignsLineageExtensionPoint = {
    addLineageProvider: provider => {
      this.lineageProviders.push(provider);
    },
    addLineageEventSource: source => {
      this.lineageEventSources.push(source);
    },
  };

  readonly forge: CampaignsForgeExtensionPoint = {
    addForge: forge => {
      this.forges.push(forge);
    },
    addCodeSearchProvider: provider => {
      this.codeSearchProviders.push(provider);
    },
  };

  readonly execution: CampaignsExecutionExtensionPoint = {
    setJobExecutor: executor => {
      if (this.#jobExecutor) {
        throw new ConflictError(
          `A job executor is set already ('${
            this.#jobExecutor.id
          }'); install one module that brings '${executor.id}' or the other`,
        );
      }
      this.#jobExecutor = executor;
    },
    addFrameworkDetector: detector => {
      this.frameworkDetectors.push(detector);
    },
  };

  readonly schema: CampaignsSchemaExtensionPoint = {
    addSchemaProvider: provider => {
      this.schemaProviders.push(provider);
    },
  };

  readonly model: CampaignsModelExtensionPoint = {
    setModelProvider: provider => {
      if (this.#modelProvider) {
        throw new ConflictError(
          `A model is connected already ('${
            this.#modelProvider.id
          }'); install one module that brings '${provider.id}' or the other`,
        );
      }
      this.#modelProvider = provider;
    },
  };
}
