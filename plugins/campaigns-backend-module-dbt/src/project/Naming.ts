import { DbtDataset } from '../types';
import { NodeKind, Placement, ProjectConfig } from './ProjectConfig';

/** How a project names its datasets. */
export class Naming {
  constructor(
    private readonly config: ProjectConfig,
    /** The project has its own rule for schemas; mostly it takes the custom one as it is. */
    private readonly ownSchemaRule: boolean,
  ) {}

  /** `database.schema.alias`, or `project.model` where these cannot be known. */
  dataset(
    kind: NodeKind,
    path: string[],
    alias: string,
    own: Placement,
  ): DbtDataset {
    const { config } = this;
    const declared = config.placement(kind, path);
    const database =
      own.database ?? declared.database ?? config.context.database;
    const schema = this.#schema(kind, own.schema ?? declared.schema);
    if (database && schema) {
      const certain = own.database ?? declared.database;
      return {
        name: `${database}.${schema}.${alias}`,
        confidence: certain ? 'certain' : 'likely',
      };
    }
    return { name: `${config.name}.${alias}`, confidence: 'certain' };
  }

  /**
   * By dbt's own rule a custom schema follows the target's: `target_custom`. The
   * schema of a snapshot stands alone in older projects, where it has to be
   * given; and where the target's is not known, the custom one is the best guess.
   */
  #schema(kind: NodeKind, custom: string | undefined): string | undefined {
    const target = this.config.context.schema;
    if (custom === undefined) return target;
    return target && !this.ownSchemaRule && kind !== 'snapshots'
      ? `${target}_${custom}`
      : custom;
  }
}
