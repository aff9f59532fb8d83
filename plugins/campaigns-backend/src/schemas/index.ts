export { SchemaCatalog } from './SchemaCatalog';
export { ownSchemas, type SchemaSource } from './SchemaSource';
export { warehousesFromConfig } from './warehousesFromConfig';
