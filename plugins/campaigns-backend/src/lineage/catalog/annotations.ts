/** The dotted name of the dataset that a Resource stands for. Default: the entity's name. */
export const DATASET_ANNOTATION = 'campaigns.skein/dataset';
/** The folder of the repository that a Component's code lies in. Default: all of it. */
export const PATH_ANNOTATION = 'campaigns.skein/path';
/** The framework of a Component's code, where no other source knows it. */
export const FRAMEWORK_ANNOTATION = 'campaigns.skein/framework';
/** The repository of an entity's code as `owner/name`. */
export const PROJECT_SLUG_ANNOTATION = 'github.com/project-slug';
