// What a deploy leaves for its reader: what the stack needs and does not make.
import type { PlanView, ProjectView } from '@/bridge';

export interface Todo {
  key: string;
  lead: string;
  rest: string;
  /** A command that does it, when there is one. */
  command: string | null;
}

export function todos(project: ProjectView | undefined, plan: PlanView | null): Todo[] {
  return [...secrets(project), ...leftOut(plan)];
}

const MAKES_VALUES = ['AWS::SSM::Parameter', 'AWS::SecretsManager::Secret'];

/** Parameters that a function may read and that no resource of the service makes. */
function secrets(project: ProjectView | undefined): Todo[] {
  if (project === undefined || project.resources.some((one) => MAKES_VALUES.includes(one.resourceType))) return [];
  const readers = new Map<string, string[]>();
  for (const fn of project.functions) {
    for (const { name, value } of fn.permissions) {
      if (!/^ssm:GetParameters?$/i.test(name)) continue;
      const found = /:parameter\/?([\w./-]+)/.exec(value)?.[1];
      if (found !== undefined) readers.set(found, [...(readers.get(found) ?? []), fn.key]);
    }
  }
  return [...readers].map(([name, functions]) => ({
    key: `secret-${name}`,
    lead: `Give ${name} a value, if it has none.`,
    rest: `${functions.join(', ')} ${functions.length === 1 ? 'reads' : 'read'} it from Parameter Store, and the deploy does not make it.`,
    command: null,
  }));
}

/** The sandbox runs less than AWS does. */
function leftOut(plan: PlanView | null): Todo[] {
  if (plan === null || plan.notSimulated.length === 0) return [];
  const count = plan.notSimulated.length;
  const [first] = plan.notSimulated;
  const what = count === 1 && first !== undefined ? `${first.logicalId} is` : `${count} resources are`;
  return [{
    key: 'left-out',
    lead: `${what} not in the sandbox.`,
    rest: 'Try what depends on them in an account.',
    command: null,
  }];
}
