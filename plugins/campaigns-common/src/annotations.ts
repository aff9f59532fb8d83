/** The dotted name of the dataset that an entity stands for. Default: the entity's name. @public */
export const DATASET_ANNOTATION = 'campaigns.skein/dataset';

/**
 * On a Resource that was made from lineage rather than by people, with the value
 * `true`. What such a Resource says of lineage is no news.
 *
 * @public
 */
export const MADE_FROM_LINEAGE_ANNOTATION = 'campaigns.skein/made-from-lineage';

/** The folder of the repository that a Component's code lies in. Default: all of it. @public */
export const PATH_ANNOTATION = 'campaigns.skein/path';

/** The framework of a Component's code, where no other source knows it. @public */
export const FRAMEWORK_ANNOTATION = 'campaigns.skein/framework';

/** The repository of an entity's code as `owner/name`. @public */
export const PROJECT_SLUG_ANNOTATION = 'github.com/project-slug';
