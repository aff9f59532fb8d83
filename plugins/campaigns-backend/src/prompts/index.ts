export { PromptPreview } from './PromptPreview';
