import { ConflictError } from '@backstage/errors';
import {
  CampaignsExecutionExtensionPoint,
  CampaignsForgeExtensionPoint,
  CampaignsLineageExtensionPoint,
  CodeSearchProvider,
  Forge,
  FrameworkDetector,
  JobExecutor,
  LineageProvider,
} from '@skein/plugin-campaigns-node';

/** What modules brought. */
export class Extensions {
  readonly lineageProviders: LineageProvider[] = [];
  readonly forges: Forge[] = [];
  readonly codeSearchProviders: CodeSearchProvider[] = [];
  readonly frameworkDetectors: FrameworkDetector[] = [];
  #jobExecutor?: JobExecutor;

  get jobExecutor(): JobExecutor | undefined {
    return this.#jobExecutor;
  }

  readonly lineage: CampaignsLineageExtensionPoint = {
    addLineageProvider: provider => {
      this.lineageProviders.push(provider);
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
}
