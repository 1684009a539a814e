export { Leave } from './Leave';
export { LeaveWindow } from './LeaveWindow';
export { discardAll, holdUnsaved, letGo, unsaved, useUnsaved, type SaveOutcome, type Unsaved } from './unsaved';
