import { useMemo, useState } from 'react';
import { CampaignFiles } from '@skein/plugin-campaigns-common';
import { namedFiles } from '../../campaignFiles/namedFiles';
import { useValidation } from './useValidation';

export interface CampaignFilesState {
  /** The campaign file with those of its files that are there. */
  files: Required<CampaignFiles>;
  /** Paths that the campaign file names. */
  named: string[];
  setYaml: (yaml: string) => void;
  addTexts: (texts: Record<string, string>) => void;
  validation: ReturnType<typeof useValidation>;
  /** It is not what it began with. */
  changed: boolean;
}

/** A campaign file with what it names, as a person writes it. */
export function useCampaignFiles(start: CampaignFiles): CampaignFilesState {
  const [{ yaml: startYaml, files: startTexts }] = useState(start);
  const [yaml, setYaml] = useState(startYaml);
  const [texts, setTexts] = useState<Record<string, string>>(startTexts ?? {});

  const named = useMemo(() => namedFiles(yaml), [yaml]);
  const files = useMemo(
    () => ({
      yaml,
      files: Object.fromEntries(
        named
          .filter(path => texts[path] !== undefined)
          .map(path => [path, texts[path]]),
      ),
    }),
    [yaml, named, texts],
  );
  return {
    files,
    named,
    setYaml,
    addTexts: added => setTexts(current => ({ ...current, ...added })),
    validation: useValidation(files),
    changed:
      yaml !== startYaml ||
      named.some(path => texts[path] !== startTexts?.[path]),
  };
}
