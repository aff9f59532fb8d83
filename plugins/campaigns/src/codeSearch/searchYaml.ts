import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import { Document, isScalar, stringify } from 'yaml';

/** A query as a campaign file holds it. */
export function searchYaml(query: CodeSearchQuery): string {
  return stringify({ scope: { codeSearch: [query] } }, { lineWidth: 0 });
}

/** A campaign file to go on from, with the search that a person tried. */
export function draftOfSearch(query: CodeSearchQuery): string {
  const draft = new Document({
    apiVersion: 'skein/v1',
    kind: 'Campaign',
    name: 'retire-',
    title: 'Retire ',
    owner: 'group:default/',
    datasets: [{ from: '', to: '', mapping: 'mappings/table.csv' }],
    scope: { codeSearch: [query] },
  });
  const note = (path: Array<string | number>, comment: string) => {
    const value = draft.getIn(path, true);
    if (isScalar(value)) value.comment = comment;
  };
  note(['name'], ' unique, for addresses and branches');
  note(['owner'], ' who runs this campaign');
  note(['datasets', 0, 'from'], ' the dataset that goes');
  note(['datasets', 0, 'to'], ' what takes its place');
  return draft.toString({ lineWidth: 0 });
}
