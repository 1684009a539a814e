// Several services at once: one plan, one deploy, one removal.
export { SeveralPlanned } from './SeveralPlanned';
export { SeveralTask } from './SeveralTask';
