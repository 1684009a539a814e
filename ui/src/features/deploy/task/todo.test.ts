import { expect, it } from 'vitest';
import type { ProjectView } from '@/bridge';
import { plan } from '../samples';
import { todos } from './todo';

const reads = (value: string, resources: ProjectView['resources'] = []) =>
  ({
    resources,
    functions: [{ key: 'getSecret', permissions: [{ name: 'ssm:GetParameter', value }, { name: 'kms:Decrypt', value: '*' }] }],
  }) as unknown as ProjectView;

it('a parameter that is read and that nothing makes is to be given a value', () => {
  const found = todos(reads('{"Fn::Sub":"arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/top-secret-1"}'), null);
  expect(found.map((one) => one.lead)).toEqual(['Give top-secret-1 a value, if it has none.']);
});

it('a parameter that the service makes is not the reader\'s to do', () => {
  const parameter = { logicalId: 'P', resourceType: 'AWS::SSM::Parameter', typeWords: '', origin: null };
  expect(todos(reads('arn:aws:ssm:r:1:parameter/a', [parameter]), null)).toEqual([]);
});

it('says what the sandbox leaves out', () => {
  const shown = plan([], { notSimulated: [{ logicalId: 'Waf', resourceType: 'AWS::WAFv2::WebACL', typeWords: 'WAF', becauseOf: null }] });
  expect(todos(undefined, shown).map((one) => one.lead)).toEqual(['Waf is not in the sandbox.']);
});

it('has nothing to say about a service that needs nothing', () => {
  expect(todos(undefined, null)).toEqual([]);
});
