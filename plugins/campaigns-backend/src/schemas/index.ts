export { SchemaCatalog } from './SchemaCatalog';
export { ownSchemas, type SchemaSource } from './SchemaSource';
export { withSchemas } from './withSchemas';
export { warehousesFromConfig } from './warehousesFromConfig';
