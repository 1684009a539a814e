import type { Scene } from '@/bridge/memory';
import { planScenes } from './scenesOfPlans';
import { severalScenes } from './scenesOfSeveral';
import { taskScenes } from './scenesOfTasks';

export const scenes: Record<string, Scene> = { ...planScenes, ...taskScenes, ...severalScenes };
