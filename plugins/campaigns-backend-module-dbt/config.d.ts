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
