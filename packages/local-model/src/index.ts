export {
  createLocalModel,
  type LocalModel,
  type LocalModelOptions,
} from './createLocalModel';
export { type Fault, Faults } from './Faults';
export { type Exchange, MessagesApi } from './MessagesApi';
export { type Script, ScriptedModel } from './ScriptedModel';
export type {
  Answerer,
  ScriptedAnswer,
  ScriptedMessage,
} from './answers/ScriptedAnswer';
export { checkMessagesRequest } from './protocol/checkMessagesRequest';
export { runCommand } from './runCommand';
export type { TargetScript } from './scripts/TargetScript';
