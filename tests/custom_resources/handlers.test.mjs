// What the functions behind custom resources ask of AWS, with a fake AWS that answers and writes down.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';

const code = new URL('../../src-tauri/crates/artifact/custom-resources/', import.meta.url);
const require = createRequire(code);
const { serve } = require('./request.js');
const load = (name) => require(`./${name}/handler.js`).acts;

const context = {
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop-dev-custom-resource',
  logStreamName: 'stream',
};

function failure(name, message = name) {
  return Object.assign(new Error(message), { name });
}

/** Sends an event to a handler. `answers` has functions by `service.Operation`; calls without one get nothing. */
async function send(acts, event, answers = {}) {
  const calls = [];
  const puts = [];
  const handler = serve('Physical', acts, {
    aws: async (service, operation, input) => {
      calls.push([`${service}.${operation}`, input]);
      const answer = answers[`${service}.${operation}`];
      return answer ? answer(input) : {};
    },
    pause: async () => {},
    put: async (url, body) => puts.push([url, JSON.parse(body)]),
  });
  const whole = { ResponseURL: 'https://s3.example/answer?x=1', StackId: 'st', RequestId: 'rq', LogicalResourceId: 'lr', ...event };
  await handler(whole, context);
  assert.equal(puts.length, 1, 'CloudFormation is answered once');
  const [url, answer] = puts[0];
  assert.equal(url, whole.ResponseURL);
  return { calls, answer, names: calls.map(([name]) => name), input: (name) => calls.filter(([n]) => n === name).map(([, i]) => i).at(-1) };
}

const FN = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-dev-hello';

test('an answer tells success, failure and the physical id that CloudFormation knows', async () => {
  const fine = await send({ Create: async () => {} }, { RequestType: 'Create' });
  assert.deepEqual(fine.answer, {
    StackId: 'st', RequestId: 'rq', LogicalResourceId: 'lr', PhysicalResourceId: 'Physical', Status: 'SUCCESS', Reason: '', Data: {},
  });
  const fails = { Update: async () => { throw failure('AccessDenied', 'no'.repeat(5000)); } };
  const { answer } = await send(fails, { RequestType: 'Update', PhysicalResourceId: 'Old' });
  assert.equal(answer.Status, 'FAILED');
  assert.equal(answer.PhysicalResourceId, 'Old');
  assert.match(answer.Reason, /^AccessDenied: no.*\(log stream stream\)$/);
  assert.ok(answer.Reason.length < 1100);
  const unknown = await send({}, { RequestType: 'Paint' });
  assert.match(unknown.answer.Reason, /asks for Paint/);
});

const bucket = (more = {}) => ({
  FunctionName: 'shop-dev-hello',
  BucketName: 'my.photos',
  BucketConfigs: [{ Event: 's3:ObjectCreated:*', Rules: [{ Prefix: 'up/' }, { Suffix: '.jpg' }] }],
  ...more,
});

test('s3: a function is put among the notifications of a bucket, and others stay', async () => {
  const known = {
    $metadata: {},
    EventBridgeConfiguration: {},
    TopicConfigurations: [{ Id: 't' }],
    LambdaFunctionConfigurations: [
      { Id: 'other' },
      { Id: `shop-dev-hello-${'a'.repeat(32)}` },
      { Id: `shop-dev-hello-world-${'b'.repeat(32)}` },
    ],
  };
  const { answer, names, input } = await send(load('s3'), { RequestType: 'Create', ResourceProperties: bucket() }, {
    's3.GetBucketNotificationConfiguration': () => known,
  });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.deepEqual(names, ['lambda.AddPermission', 's3.GetBucketNotificationConfiguration', 's3.PutBucketNotificationConfiguration']);
  assert.deepEqual(input('lambda.AddPermission'), {
    Action: 'lambda:InvokeFunction', FunctionName: 'shop-dev-hello', StatementId: 'shop-dev-hello-myphotos',
    Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::my.photos', SourceAccount: '123456789012',
  });
  const { Bucket, NotificationConfiguration: now } = input('s3.PutBucketNotificationConfiguration');
  assert.equal(Bucket, 'my.photos');
  assert.deepEqual(Object.keys(now).sort(), ['EventBridgeConfiguration', 'LambdaFunctionConfigurations', 'TopicConfigurations']);
  const [first, second, own, ...more] = now.LambdaFunctionConfigurations;
  assert.deepEqual([first.Id, second.Id, more], ['other', `shop-dev-hello-world-${'b'.repeat(32)}`, []]);
  assert.match(own.Id, /^shop-dev-hello-[0-9a-f]{32}$/);
  assert.deepEqual({ ...own, Id: '' }, {
    Id: '', LambdaFunctionArn: FN, Events: ['s3:ObjectCreated:*'],
    Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'up/' }, { Name: 'suffix', Value: '.jpg' }] } },
  });
});

test('s3: a permission that is there already, or not known to S3 yet, is no failure', async () => {
  let refused = 2;
  const { answer, names } = await send(load('s3'), { RequestType: 'Create', ResourceProperties: bucket({ BucketConfigs: [{ Event: 's3:*' }] }) }, {
    'lambda.AddPermission': () => { throw failure('ResourceConflictException'); },
    's3.PutBucketNotificationConfiguration': () => { if (refused-- > 0) throw failure('InvalidArgument'); },
  });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.equal(names.filter((name) => name.startsWith('s3.Put')).length, 3);
});

test('s3: a bucket that is not there fails the deploy', async () => {
  const { answer } = await send(load('s3'), { RequestType: 'Create', ResourceProperties: bucket() }, {
    's3.GetBucketNotificationConfiguration': () => { throw failure('NoSuchBucket', 'The specified bucket does not exist'); },
  });
  assert.equal(answer.Status, 'FAILED');
  assert.match(answer.Reason, /NoSuchBucket/);
});

test('s3: an update to another bucket leaves the old one', async () => {
  const event = { RequestType: 'Update', ResourceProperties: bucket(), OldResourceProperties: bucket({ BucketName: 'old' }) };
  const { answer, calls } = await send(load('s3'), event, {
    's3.GetBucketNotificationConfiguration': ({ Bucket }) => {
      if (Bucket === 'old') throw failure('AccessDenied');
      return {};
    },
  });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  const removed = calls.find(([name]) => name === 'lambda.RemovePermission')[1];
  assert.equal(removed.StatementId, 'shop-dev-hello-old');
});

test('s3: what is gone can be deleted', async () => {
  const { answer, names } = await send(load('s3'), { RequestType: 'Delete', ResourceProperties: bucket() }, {
    's3.GetBucketNotificationConfiguration': () => { throw failure('NoSuchBucket'); },
    'lambda.RemovePermission': () => { throw failure('ResourceNotFoundException'); },
  });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.ok(names.includes('lambda.RemovePermission'));
});

const pool = (more = {}) => ({
  FunctionName: 'shop-dev-hello',
  UserPoolName: 'My Pool',
  UserPoolConfigs: [{ Trigger: 'PreSignUp' }, { Trigger: 'CustomEmailSender', LambdaVersion: 'V1_0', KMSKeyID: 'key' }],
  ...more,
});

const described = () => ({
  UserPool: {
    Id: 'p2', Name: 'My Pool', Arn: 'arn', Status: 'Enabled', CreationDate: 1, LastModifiedDate: 2, EstimatedNumberOfUsers: 3,
    SchemaAttributes: [], MfaConfiguration: 'OFF', DeletionProtection: 'ACTIVE', UserPoolTags: { a: 'b' },
    AdminCreateUserConfig: { UnusedAccountValidityDays: 7, AllowAdminCreateUserOnly: true },
    Policies: { PasswordPolicy: { MinimumLength: 12 } },
    LambdaConfig: { PostConfirmation: FN, CustomMessage: 'other' },
  },
});

const pages = {
  'cognito-identity-provider.ListUserPools': ({ NextToken }) =>
    NextToken ? { UserPools: [{ Id: 'p2', Name: 'My Pool' }] } : { UserPools: [{ Id: 'p1', Name: 'Other' }], NextToken: 'n' },
  'cognito-identity-provider.DescribeUserPool': described,
};

test('user pool: triggers are set, and every other setting is sent back', async () => {
  const { answer, input } = await send(load('cognito-user-pool'), { RequestType: 'Create', ResourceProperties: pool() }, pages);
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.equal(input('lambda.AddPermission').SourceArn, 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/p2');
  assert.equal(input('lambda.AddPermission').StatementId, 'shop-dev-hello-mypool');
  assert.deepEqual(input('cognito-identity-provider.UpdateUserPool'), {
    UserPoolId: 'p2', MfaConfiguration: 'OFF', DeletionProtection: 'ACTIVE', UserPoolTags: { a: 'b' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7, MinimumLength: 12 } },
    LambdaConfig: { CustomMessage: 'other', PreSignUp: FN, CustomEmailSender: { LambdaArn: FN, LambdaVersion: 'V1_0' }, KMSKeyID: 'key' },
  });
});

test('user pool: deleting takes away the function alone, and the key with the last sender', async () => {
  const withSender = () => {
    const { UserPool } = described();
    UserPool.LambdaConfig = { CustomMessage: 'other', CustomEmailSender: { LambdaArn: FN, LambdaVersion: 'V1_0' }, KMSKeyID: 'key' };
    return { UserPool };
  };
  const { answer, input } = await send(load('cognito-user-pool'), { RequestType: 'Delete', ResourceProperties: pool() }, {
    ...pages, 'cognito-identity-provider.DescribeUserPool': withSender,
  });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.deepEqual(input('cognito-identity-provider.UpdateUserPool').LambdaConfig, { CustomMessage: 'other' });
});

test('user pool: one that is not there fails a deploy by name, and hinders no deletion', async () => {
  const none = { 'cognito-identity-provider.ListUserPools': () => ({ UserPools: [] }) };
  const event = { ResourceProperties: pool() };
  const made = await send(load('cognito-user-pool'), { RequestType: 'Create', ...event }, none);
  assert.match(made.answer.Reason, /there is no user pool "My Pool" in eu-west-1/);
  const gone = await send(load('cognito-user-pool'), { RequestType: 'Delete', ...event }, none);
  assert.equal(gone.answer.Status, 'SUCCESS', gone.answer.Reason);
});

const rule = (config = {}) => ({
  FunctionName: 'shop-dev-hello',
  EventBridgeConfig: { RuleName: 'shop-dev-hello-rule-1', Pattern: { source: ['a'] }, State: 'ENABLED', ...config },
});

test('event bridge: bus, permission, rule and target are made', async () => {
  const config = { EventBus: 'orders', Input: { a: 1 } };
  const { answer, names, input } = await send(load('event-bridge'), { RequestType: 'Create', ResourceProperties: rule(config) });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.deepEqual(names, ['eventbridge.CreateEventBus', 'lambda.AddPermission', 'eventbridge.PutRule', 'eventbridge.PutTargets']);
  assert.equal(input('lambda.AddPermission').SourceArn, 'arn:aws:events:eu-west-1:123456789012:rule/orders/shop-dev-hello-rule-1');
  assert.equal(input('eventbridge.PutRule').EventPattern, '{"source":["a"]}');
  assert.deepEqual(input('eventbridge.PutTargets').Targets, [{ Arn: FN, Id: 'shop-dev-hello-rule-1-target', Input: '{"a":1}' }]);
});

test('event bridge: a bus by ARN, or none, is not made and not deleted', async () => {
  for (const [EventBus, name] of [['arn:aws:events:eu-west-1:1:event-bus/theirs', 'theirs'], [undefined, undefined], ['default', 'default']]) {
    const made = await send(load('event-bridge'), { RequestType: 'Create', ResourceProperties: rule({ EventBus }) });
    assert.ok(!made.names.includes('eventbridge.CreateEventBus'));
    assert.equal(made.input('eventbridge.PutRule').EventBusName, name);
    const gone = await send(load('event-bridge'), { RequestType: 'Delete', ResourceProperties: rule({ EventBus }) });
    assert.deepEqual(gone.names, ['lambda.RemovePermission', 'eventbridge.RemoveTargets', 'eventbridge.DeleteRule']);
  }
});

test('event bridge: a bus that others use stays; a target that is refused fails', async () => {
  const shared = await send(load('event-bridge'), { RequestType: 'Delete', ResourceProperties: rule({ EventBus: 'orders' }) }, {
    'eventbridge.DeleteEventBus': () => { throw failure('ValidationException', 'has rules'); },
  });
  assert.equal(shared.answer.Status, 'SUCCESS', shared.answer.Reason);
  const refused = await send(load('event-bridge'), { RequestType: 'Create', ResourceProperties: rule() }, {
    'eventbridge.PutTargets': () => ({ FailedEntryCount: 1, FailedEntries: [{ ErrorMessage: 'no such function' }] }),
  });
  assert.match(refused.answer.Reason, /no such function/);
});

test('event bridge: a rule of another name replaces the old one', async () => {
  const event = { RequestType: 'Update', ResourceProperties: rule(), OldResourceProperties: rule({ RuleName: 'x'.repeat(64) }) };
  const { calls } = await send(load('event-bridge'), event);
  const [, removed] = calls.find(([name]) => name === 'eventbridge.RemoveTargets');
  assert.match(removed.Ids[0], /^x{25}[0-9a-f]{32}-target$/);
  const same = await send(load('event-bridge'), { RequestType: 'Update', ResourceProperties: rule(), OldResourceProperties: rule() });
  assert.ok(!same.names.includes('eventbridge.DeleteRule'));
});

const ROLE = 'arn:aws:iam::123456789012:role/serverlessApiGatewayCloudWatchRole';

test('logs of API Gateway: the role is made, given its policy and assigned, however long that takes', async () => {
  let refused = 3;
  const { answer, names, input } = await send(load('api-gateway-cloud-watch-role'), { RequestType: 'Create', ResourceProperties: {} }, {
    'iam.ListAttachedRolePolicies': () => { throw failure('NoSuchEntityException'); },
    'api-gateway.UpdateAccount': () => { if (refused-- > 0) throw failure('BadRequestException'); },
  });
  assert.equal(answer.Status, 'SUCCESS', answer.Reason);
  assert.ok(names.includes('iam.CreateRole') && names.includes('iam.AttachRolePolicy'));
  assert.deepEqual(input('api-gateway.UpdateAccount').patchOperations, [{ op: 'replace', path: '/cloudwatchRoleArn', value: ROLE }]);
});

test('logs of API Gateway: a role that is assigned already, or was chosen, is left as it is', async () => {
  const there = await send(load('api-gateway-cloud-watch-role'), { RequestType: 'Create', ResourceProperties: {} }, {
    'api-gateway.GetAccount': () => ({ cloudwatchRoleArn: ROLE }),
    'iam.ListAttachedRolePolicies': () => ({ AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs' }] }),
  });
  assert.deepEqual(there.names, ['api-gateway.GetAccount', 'iam.ListAttachedRolePolicies']);
  const chosen = await send(load('api-gateway-cloud-watch-role'), { RequestType: 'Create', ResourceProperties: { RoleArn: 'arn:mine' } });
  assert.deepEqual(chosen.names, ['api-gateway.GetAccount', 'api-gateway.UpdateAccount']);
  const gone = await send(load('api-gateway-cloud-watch-role'), { RequestType: 'Delete', ResourceProperties: {} });
  assert.deepEqual([gone.names, gone.answer.Status], [[], 'SUCCESS']);
});
