import { Fragment, ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { CodeSearchQuery, ScopeSpec } from '@skein/plugin-campaigns-common';
import { toFields, writeSearch } from '../../../codeSearch/searchAddress';
import { countOf } from '../../../format/words';
import { codeSearchRouteRef } from '../../../routes';

/** What a campaign's scope is found by, in one line; its searches can be tried. */
export function ScopeSources(props: { scope: ScopeSpec }) {
  const { lineage, codeSearch, frameworks, repositories } = props.scope;
  const sources: ReactNode[] = [];
  if (lineage) {
    sources.push(`lineage, ${countOf(lineage.depth, 'step')} downstream`);
  }
  for (const query of codeSearch) sources.push(<SearchLink query={query} />);
  if (frameworks.include?.length) {
    sources.push(`frameworks ${frameworks.include.join(', ')} alone`);
  }
  if (frameworks.exclude?.length) {
    sources.push(`without ${frameworks.exclude.join(', ')}`);
  }
  if (repositories.include?.length) {
    sources.push(`with ${repositories.include.join(', ')}`);
  }
  if (repositories.exclude?.length) {
    sources.push(`without ${repositories.exclude.join(', ')}`);
  }
  if (sources.length === 0) return <>nothing but what people add</>;
  return (
    <>
      {sources.map((source, index) => (
        <Fragment key={index}>
          {index > 0 && '; '}
          {source}
        </Fragment>
      ))}
    </>
  );
}

function SearchLink(props: { query: CodeSearchQuery }) {
  const { query } = props;
  const searchPath = useRouteRef(codeSearchRouteRef);
  return (
    <>
      code search for{' '}
      <Link
        to={`${searchPath()}?${writeSearch(toFields({ query }))}`}
        underline="always"
      >
        {query.regex ? query.query : `“${query.query}”`}
      </Link>
    </>
  );
}
