'use strict';

// Notifications of a bucket that exists. Those of other functions, topics and queues are left as they are.

const { createHash } = require('crypto');
const { serve, tolerate, functionArn, permit, forbid } = require('../request');

const statementId = ({ FunctionName, BucketName }) =>
  `${FunctionName}-${BucketName.replace(/[.:*]/g, '')}`;

const notificationId = (name, config) =>
  `${name}-${createHash('md5').update(JSON.stringify(config)).digest('hex')}`;

/** Whether a notification was made here for the function: its name, and a hash. */
function isOf(name, notification) {
  const id = notification.Id || '';
  return id.startsWith(`${name}-`) && /^[0-9a-f]{32}$/.test(id.slice(name.length + 1));
}

function filterOf(rules) {
  if (!rules || rules.length === 0) return undefined;
  const all = rules.flatMap((rule) => Object.entries(rule));
  return { Key: { FilterRules: all.map(([name, value]) => ({ Name: name.toLowerCase(), Value: value })) } };
}

/** Replaces the function's notifications of a bucket by others. */
async function replace(scene, { FunctionName, BucketName }, configs) {
  const bucket = { Bucket: BucketName };
  const { $metadata, ...known } = await scene.aws('s3', 'GetBucketNotificationConfiguration', bucket);
  const others = (known.LambdaFunctionConfigurations || []).filter((one) => !isOf(FunctionName, one));
  const own = configs.map((config) => ({
    Id: notificationId(FunctionName, config),
    LambdaFunctionArn: functionArn(scene, FunctionName),
    Events: [config.Event],
    Filter: filterOf(config.Rules),
  }));
  await scene.aws('s3', 'PutBucketNotificationConfiguration', {
    ...bucket,
    NotificationConfiguration: { ...known, LambdaFunctionConfigurations: [...others, ...own] },
  });
}

/** S3 tries whether it may call the function; a permission takes a moment to be known everywhere. */
async function connect(scene) {
  const { FunctionName, BucketName, BucketConfigs } = scene.properties;
  await permit(scene, FunctionName, statementId(scene.properties), {
    Principal: 's3.amazonaws.com',
    SourceArn: `arn:${scene.partition}:s3:::${BucketName}`,
    SourceAccount: scene.account,
  });
  for (let left = 5; ; left -= 1) {
    try {
      return await replace(scene, scene.properties, BucketConfigs);
    } catch (error) {
      if (error.name !== 'InvalidArgument' || left === 0) throw error;
      await scene.pause(3000);
    }
  }
}

async function disconnect(scene, properties, harmless = ['NoSuchBucket']) {
  await tolerate(harmless, () => replace(scene, properties, []));
  await forbid(scene, properties.FunctionName, statementId(properties));
}

async function update(scene) {
  await connect(scene);
  const { old, properties } = scene;
  if (old.BucketName !== properties.BucketName || old.FunctionName !== properties.FunctionName) {
    // The role may not reach a bucket that the service no longer names.
    await disconnect(scene, old, ['NoSuchBucket', 'AccessDenied']);
  }
}

const acts = { Create: connect, Update: update, Delete: (scene) => disconnect(scene, scene.properties) };

module.exports = { handler: serve('CustomResourceExistingS3', acts), acts };
