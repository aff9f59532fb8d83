import { campaignFileSchema } from '@skein/plugin-campaigns-common';
import { integer, list, object, repository, string } from './words';

const { codeSearchQuery: written, repositoryPattern } =
  campaignFileSchema.$defs;
/** As in a campaign file, whose schema refers to its own definitions. */
const codeSearchQuery = {
  ...written,
  properties: {
    ...written.properties,
    repository: {
      anyOf: [
        repositoryPattern,
        { ...written.properties.repository.anyOf[1], items: repositoryPattern },
      ],
    },
  },
};

/** Schemas of code search. */
export const searchSchemas = {
  CodeSearchRequest: object(
    { query: codeSearchQuery },
    {
      providers: {
        description: 'Ids of the providers to ask; all that can, by default',
        type: 'array',
        minItems: 1,
        maxItems: 20,
        items: { type: 'string', maxLength: 100 },
      },
    },
  ),
  CodeSearchReport: object({
    searchedRepositories: integer,
    totals: object({ repositories: integer, files: integer, lines: integer }),
    owners: list(
      object(
        { repositories: integer, files: integer, lines: integer },
        { ownerRef: string },
      ),
    ),
    repositories: list(
      object({
        repository,
        ownerRefs: list(string),
        files: integer,
        lines: integer,
        results: list(
          object(
            {
              path: string,
              lines: integer,
              matches: list(
                object(
                  {
                    text: string,
                    ranges: list({
                      type: 'array',
                      items: integer,
                      minItems: 2,
                      maxItems: 2,
                    }),
                    providers: list(string),
                  },
                  { line: integer },
                ),
              ),
            },
            { ownerRef: string },
          ),
        ),
      }),
    ),
    providers: list(
      object(
        { id: string, title: string, lines: integer, milliseconds: integer },
        { incomplete: string, error: string },
      ),
    ),
  }),
};
