'use strict';

// The account's role with which API Gateway writes logs. There is one for all APIs of an account and Region, so it
// stays when a stack goes.

const { serve } = require('../request');

const ROLE = 'serverlessApiGatewayCloudWatchRole';
const ATTEMPTS = 10;

/** The role that is used when the service names none; made when it is not there. */
async function ownRole(scene) {
  const { aws, partition, account } = scene;
  const PolicyArn = `arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`;
  let attached = [];
  try {
    attached = (await aws('iam', 'ListAttachedRolePolicies', { RoleName: ROLE })).AttachedPolicies || [];
  } catch (error) {
    if (!['NoSuchEntityException', 'NoSuchEntity'].includes(error.name)) throw error;
    await aws('iam', 'CreateRole', {
      RoleName: ROLE,
      Path: '/',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: ['apigateway.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
        ],
      }),
    });
  }
  if (!attached.some((policy) => policy.PolicyArn === PolicyArn)) {
    await aws('iam', 'AttachRolePolicy', { RoleName: ROLE, PolicyArn });
  }
  return `arn:${partition}:iam::${account}:role/${ROLE}`;
}

async function assign(scene) {
  const { aws, pause, properties } = scene;
  const assigned = (await aws('api-gateway', 'GetAccount', {})).cloudwatchRoleArn;
  const role = properties.RoleArn || (await ownRole(scene));
  if (role === assigned) return;
  const change = { op: 'replace', path: '/cloudwatchRoleArn', value: role };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await aws('api-gateway', 'UpdateAccount', { patchOperations: [change] });
      return;
    } catch (error) {
      // A role that was just made takes a while until API Gateway can take it on.
      if (attempt === ATTEMPTS) throw error;
      await pause(10000);
    }
  }
}

async function update(scene) {
  if (scene.properties.RoleArn !== scene.old.RoleArn) await assign(scene);
}

const acts = { Create: assign, Update: update, Delete: async () => {} };

module.exports = { handler: serve('CustomResourceApiGatewayAccountCloudWatchRole', acts), acts };
