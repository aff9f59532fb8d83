import { MappingPreview } from '@skein/plugin-campaigns-common';
import { StateGroup } from '../../states/targetStates';

export type MappingLine = MappingPreview['lines'][number];

/** What a mapping line does, in words. */
export const mappingActions: Record<
  MappingLine['action'],
  { label: string; group: StateGroup }
> = {
  rename: { label: 'Rename', group: 'done' },
  convert: { label: 'Convert', group: 'done' },
  keep: { label: 'Keep', group: 'waiting' },
  'forward-only': {
    label: 'A person, where the old value is used',
    group: 'attention',
  },
  drop: { label: 'Dropped', group: 'failed' },
  'person-decides': { label: 'A person decides', group: 'attention' },
};
