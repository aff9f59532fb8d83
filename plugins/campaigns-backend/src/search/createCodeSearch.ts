import {
  BackstageCredentials,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import {
  CatalogRepository,
  CodeSearchProvider,
} from '@skein/plugin-campaigns-node';
import { RepositoryMirrors } from '../repositories';
import { BuiltInCodeSearch } from './builtIn/BuiltInCodeSearch';
import { findRipgrep } from './builtIn/findRipgrep';
import { CodeSearchService } from './CodeSearchService';

/** How long a mirror that was fetched is searched as it is. */
const FRESH_MILLISECONDS = 60_000;

/** Who can search code, and the search that people use. */
export interface CodeSearch {
  /** Those of modules first. */
  providers: CodeSearchProvider[];
  service: CodeSearchService;
}

/** What {@link createCodeSearch} takes. */
export interface CodeSearchParts {
  config: RootConfigService;
  logger: LoggerService;
  mirrors: RepositoryMirrors;
  /** Those of modules. */
  installed: CodeSearchProvider[];
  /** The repositories that the catalog shows to somebody. */
  listRepositories(
    credentials: BackstageCredentials,
  ): Promise<CatalogRepository[]>;
}

/** Reads `campaigns.codeSearch`, which `config.d.ts` describes. */
export function createCodeSearch(parts: CodeSearchParts): CodeSearch {
  const { mirrors, listRepositories } = parts;
  const config = parts.config.getOptionalConfig('campaigns.codeSearch');
  const providers = [...parts.installed];
  if (config?.getOptionalBoolean('builtIn.enabled') ?? true) {
    providers.push(...builtIn(parts));
  }
  return {
    providers,
    service: CodeSearchService.create({
      providers,
      source: {
        head: repository =>
          mirrors.head(repository, {
            history: false,
            freshMilliseconds: FRESH_MILLISECONDS,
          }),
        readFiles: (head, paths) => mirrors.readFiles(head, paths),
      },
      listRepositories,
      timeoutMilliseconds: config?.has('timeout')
        ? durationToMilliseconds(
            readDurationFromConfig(config, { key: 'timeout' }),
          )
        : undefined,
    }),
  };
}

function builtIn({ mirrors, logger }: CodeSearchParts): CodeSearchProvider[] {
  const ripgrep = findRipgrep();
  if (ripgrep) {
    return [
      BuiltInCodeSearch.create({
        mirrors,
        ripgrep,
        freshMilliseconds: FRESH_MILLISECONDS,
      }),
    ];
  }
  logger.warn(
    `There is no built-in code search: ripgrep is not installed, and @vscode/ripgrep has none for ${process.platform} on ${process.arch}`,
  );
  return [];
}
