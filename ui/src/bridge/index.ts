// The border to the engine: its words, the calls, and how a page reaches them.
export type * from './generated/bindings';
export type { Host, Stop } from './host';
export { HostProvider, useHost } from './context';
export { asProblem } from './problem';
export { useTask, useTasks, type TaskHistory } from './tasks';
export * from './queries';
export { useProposal, type Proposed } from './proposal';
