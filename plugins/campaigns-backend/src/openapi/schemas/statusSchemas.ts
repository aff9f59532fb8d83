import { boolean, integer, list, object, string } from './words';

/** Schemas of the installation. */
export const statusSchemas = {
  SystemStatus: object({
    executor: object({
      id: string,
      sandbox: string,
      sandboxed: boolean,
      defences: list(
        object({
          id: string,
          title: string,
          holds: boolean,
          description: string,
        }),
      ),
      runningJobs: integer,
      concurrency: integer,
    }),
    forges: list(object({ host: string, title: string }, { identity: string })),
    codeSearch: list(object({ id: string, title: string })),
    model: object({ available: boolean, message: string }),
  }),
};
