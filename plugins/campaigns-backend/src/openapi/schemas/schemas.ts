import { campaignSchemas } from './campaignSchemas';
import { contextSchemas } from './contextSchemas';
import { feedbackSchemas } from './feedbackSchemas';
import { jobSchemas } from './jobSchemas';
import { lineageSchemas } from './lineageSchemas';
import { modelSchemas } from './modelSchemas';
import { reviewSchemas } from './reviewSchemas';
import { scopeSchemas } from './scopeSchemas';
import { searchSchemas } from './searchSchemas';
import { statusSchemas } from './statusSchemas';
import { targetSchemas } from './targetSchemas';
import { component } from './words';

/** Component schemas of the API; the types of campaigns-common say the same. */
export const schemas = {
  ...campaignSchemas,
  ...contextSchemas,
  ...feedbackSchemas,
  ...modelSchemas,
  ...targetSchemas,
  ...scopeSchemas,
  ...reviewSchemas,
  ...jobSchemas,
  ...lineageSchemas,
  ...searchSchemas,
  ...statusSchemas,
};

/** A reference to a component schema. */
export function ref(name: keyof typeof schemas) {
  return component(name);
}
