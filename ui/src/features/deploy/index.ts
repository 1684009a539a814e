// What a deploy will do, does, and did.
export { PlanPage } from './plan/PlanPage';
export { TaskPage } from './task/TaskPage';
