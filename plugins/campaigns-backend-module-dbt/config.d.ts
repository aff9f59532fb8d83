export interface Config {
  campaigns?: {
    dbt?: {
      /** How often dbt lineage is read, in seconds. Default: 1800. */
      intervalSeconds?: number;
      /**
       * Where models and sources go that say nothing of their database or schema
       * themselves, as the target of a profile would.
       */
      defaults?: {
        database?: string;
        schema?: string;
      };
      /**
       * Catalogs, which `dbt docs generate` writes: columns of tables, against
       * which mapping tables and changes are checked. Of each table the first
       * catalog that has it is believed.
       */
      catalogs?: Array<{
        path?: string;
        url?: string;
        /** Sent with the request of `url`. @deepVisibility secret */
        headers?: { [name: string]: string };
        /** A repository that keeps it, as host/owner/name. */
        repository?: string;
        /** Its path in the repository. Default: target/catalog.json. */
        file?: string;
      }>;
      /** Manifests that dbt wrote; projects without one are read from their files. */
      manifests?: Array<{
        /** A manifest.json, or a folder with one or several. */
        path?: string;
        url?: string;
        /** Sent with the request of `url`. @deepVisibility secret */
        headers?: { [name: string]: string };
        /** The repository of the project as host/owner/name. Default: the one that has a project of the same name. */
        repository?: string;
        /** The folder of the project in the repository. Default: all of it. */
        folder?: string;
      }>;
    };
  };
}
