'use strict';

// An event bus and a rule on it that calls a function.

const { createHash } = require('crypto');
const { serve, tolerate, functionArn, permit, forbid } = require('../request');

const LONGEST_TARGET = 64;

/** The bus by its name, whether it was given by name or by ARN. */
const busName = (bus) => (bus && bus.startsWith('arn') ? bus.slice(bus.indexOf('/') + 1) : bus);

/** Whether the bus belongs to the service: those that are given by ARN, and the account's own, do not. */
const isOwn = (bus) => Boolean(bus) && bus !== 'default' && !bus.startsWith('arn');

const statementId = (FunctionName, { RuleName }) =>
  `${FunctionName}-${RuleName.toLowerCase().replace(/[.:*]/g, '')}`;

function targetId({ RuleName }) {
  const id = `${RuleName}-target`;
  if (id.length <= LONGEST_TARGET) return id;
  return `${id.slice(0, 25)}${createHash('md5').update(id).digest('hex')}-target`;
}

function targetOf(scene, FunctionName, config) {
  const target = { Arn: functionArn(scene, FunctionName), Id: targetId(config) };
  if (config.Input) return { ...target, Input: JSON.stringify(config.Input) };
  if (config.InputPath) return { ...target, InputPath: config.InputPath };
  if (config.InputTransformer) return { ...target, InputTransformer: config.InputTransformer };
  return target;
}

async function connect(scene) {
  const { FunctionName, EventBridgeConfig: config } = scene.properties;
  const { partition, region, account, aws } = scene;
  const bus = busName(config.EventBus);
  if (isOwn(config.EventBus)) {
    // Several rules of a service may share a bus; the first makes it.
    await tolerate(['ResourceAlreadyExistsException'], () => aws('eventbridge', 'CreateEventBus', { Name: bus }));
  }
  const rule = bus ? `${bus}/${config.RuleName}` : config.RuleName;
  await permit(scene, FunctionName, statementId(FunctionName, config), {
    Principal: 'events.amazonaws.com',
    SourceArn: `arn:${partition}:events:${region}:${account}:rule/${rule}`,
  });
  await aws('eventbridge', 'PutRule', {
    Name: config.RuleName,
    EventBusName: bus,
    EventPattern: config.Pattern && JSON.stringify(config.Pattern),
    ScheduleExpression: config.Schedule,
    State: config.State,
  });
  const put = await aws('eventbridge', 'PutTargets', {
    Rule: config.RuleName,
    EventBusName: bus,
    Targets: [targetOf(scene, FunctionName, config)],
  });
  if (put && put.FailedEntryCount > 0) {
    throw new Error(`the rule ${config.RuleName} does not take the function: ${put.FailedEntries[0].ErrorMessage}`);
  }
}

async function disconnect(scene, { FunctionName, EventBridgeConfig: config }) {
  const { aws } = scene;
  const bus = busName(config.EventBus);
  const gone = ['ResourceNotFoundException'];
  await forbid(scene, FunctionName, statementId(FunctionName, config));
  await tolerate(gone, () =>
    aws('eventbridge', 'RemoveTargets', { Rule: config.RuleName, EventBusName: bus, Ids: [targetId(config)] })
  );
  await tolerate(gone, () => aws('eventbridge', 'DeleteRule', { Name: config.RuleName, EventBusName: bus }));
  if (isOwn(config.EventBus)) {
    // A bus that has rules left is still used, and AWS keeps it.
    const used = ['ValidationException', 'ConcurrentModificationException'];
    await tolerate([...gone, ...used], () => aws('eventbridge', 'DeleteEventBus', { Name: bus }));
  }
}

async function update(scene) {
  await connect(scene);
  const [now, before] = [scene.properties, scene.old].map(({ FunctionName, EventBridgeConfig: config }) =>
    [FunctionName, busName(config.EventBus), config.RuleName].join(' ')
  );
  // The role may not reach a bus that the service no longer names.
  if (now !== before) await tolerate(['AccessDeniedException'], () => disconnect(scene, scene.old));
}

const acts = { Create: connect, Update: update, Delete: (scene) => disconnect(scene, scene.properties) };

module.exports = { handler: serve('CustomResourceEventBridge', acts), acts };
