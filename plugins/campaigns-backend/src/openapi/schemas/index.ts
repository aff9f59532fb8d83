export { ref, schemas } from './schemas';
export { itemsOf, pageOf } from './words';
