'use strict';

// Triggers of a user pool that exists. Everything else of the pool stays as it is.

const { serve, functionArn, permit, forbid } = require('../request');

const SENDERS = ['CustomSMSSender', 'CustomEmailSender'];

// What a description tells of a pool and an update does not take.
const READ_ONLY = [
  'AliasAttributes',
  'Arn',
  'CreationDate',
  'CustomDomain',
  'Domain',
  'EmailConfigurationFailure',
  'EstimatedNumberOfUsers',
  'Id',
  'LastModifiedDate',
  'Name',
  'SchemaAttributes',
  'SmsConfigurationFailure',
  'Status',
  'UsernameAttributes',
  'UsernameConfiguration',
];

const statementId = ({ FunctionName, UserPoolName }) =>
  `${FunctionName}-${UserPoolName.toLowerCase().replace(/[.:*\s]/g, '')}`;

/** The pool's id by its name; none when there is no such pool. */
async function find(scene, name) {
  let NextToken;
  do {
    const page = await scene.aws('cognito-identity-provider', 'ListUserPools', { MaxResults: 60, NextToken });
    const pool = page.UserPools.find((one) => one.Name === name);
    if (pool) return pool.Id;
    NextToken = page.NextToken;
  } while (NextToken);
  return undefined;
}

/** The pool's triggers without those of a function. The key of the senders goes with the last of them. */
function without(triggers, arn) {
  const left = Object.fromEntries(
    Object.entries(triggers || {}).filter(([, value]) => value !== arn && (value || {}).LambdaArn !== arn)
  );
  if (SENDERS.every((sender) => !(sender in left))) delete left.KMSKeyID;
  return left;
}

/** An update that leaves out a setting resets it, so all of them are sent back. */
function settingsOf(pool) {
  const settings = Object.fromEntries(Object.entries(pool).filter(([name]) => !READ_ONLY.includes(name)));
  const { UnusedAccountValidityDays: days, ...admin } = settings.AdminCreateUserConfig || {};
  if (settings.AdminCreateUserConfig) settings.AdminCreateUserConfig = admin;
  const password = (settings.Policies || {}).PasswordPolicy;
  // Both are the same setting, and only one of them may be sent.
  if (password && days !== undefined) {
    settings.Policies = {
      ...settings.Policies,
      PasswordPolicy: { TemporaryPasswordValidityDays: days, ...password },
    };
  }
  return settings;
}

/** Replaces a function's triggers of a pool by others. */
async function replace(scene, poolId, FunctionName, configs) {
  const arn = functionArn(scene, FunctionName);
  const described = await scene.aws('cognito-identity-provider', 'DescribeUserPool', { UserPoolId: poolId });
  const triggers = without(described.UserPool.LambdaConfig, arn);
  for (const { Trigger, LambdaVersion, KMSKeyID } of configs) {
    if (SENDERS.includes(Trigger)) {
      triggers[Trigger] = { LambdaArn: arn, LambdaVersion };
      triggers.KMSKeyID = KMSKeyID;
    } else {
      triggers[Trigger] = arn;
    }
  }
  await scene.aws('cognito-identity-provider', 'UpdateUserPool', {
    ...settingsOf(described.UserPool),
    UserPoolId: poolId,
    LambdaConfig: triggers,
  });
}

async function connect(scene) {
  const { FunctionName, UserPoolName, UserPoolConfigs } = scene.properties;
  const poolId = await find(scene, UserPoolName);
  if (!poolId) throw new Error(`there is no user pool "${UserPoolName}" in ${scene.region}`);
  await permit(scene, FunctionName, statementId(scene.properties), {
    Principal: 'cognito-idp.amazonaws.com',
    SourceArn: `arn:${scene.partition}:cognito-idp:${scene.region}:${scene.account}:userpool/${poolId}`,
  });
  await replace(scene, poolId, FunctionName, UserPoolConfigs);
}

/** A pool that is gone has no triggers. */
async function disconnect(scene, properties) {
  const poolId = await find(scene, properties.UserPoolName);
  if (poolId) await replace(scene, poolId, properties.FunctionName, []);
  await forbid(scene, properties.FunctionName, statementId(properties));
}

async function update(scene) {
  const { old, properties } = scene;
  if (old.UserPoolName !== properties.UserPoolName || old.FunctionName !== properties.FunctionName) {
    await disconnect(scene, old);
  }
  await connect(scene);
}

const acts = { Create: connect, Update: update, Delete: (scene) => disconnect(scene, scene.properties) };

module.exports = { handler: serve('CustomResourceExistingCognitoUserPool', acts), acts };
