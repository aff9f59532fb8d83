import { builtInDetectors, detectorsFromConfig } from '../scope';
import { ServicesOptions } from './ServicesOptions';

/** Rules of the configuration, modules, built-in ones. */
export function frameworkDetectors({ config, extensions }: ServicesOptions) {
  return [
    ...detectorsFromConfig(config),
    ...extensions.frameworkDetectors,
    ...builtInDetectors,
  ];
}
