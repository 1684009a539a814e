import type { Scene } from '@/bridge/memory';
import { planScenes } from './scenesOfPlans';
import { taskScenes } from './scenesOfTasks';

export const scenes: Record<string, Scene> = { ...planScenes, ...taskScenes };
