'use strict';

// What CloudFormation asks, and how it is answered.

const https = require('https');

const CLIENTS = {
  'api-gateway': 'APIGatewayClient',
  'cognito-identity-provider': 'CognitoIdentityProviderClient',
  'eventbridge': 'EventBridgeClient',
  'iam': 'IAMClient',
  'lambda': 'LambdaClient',
  's3': 'S3Client',
};

// CloudFormation takes answers of 4096 bytes at most.
const LONGEST_REASON = 1000;

/** Where this function runs, by its own ARN: `arn:aws:lambda:eu-west-1:123456789012:function:name`. */
function placeOf(context) {
  const [, partition, , region, account] = context.invokedFunctionArn.split(':');
  return { partition, region, account };
}

/**
 * A function that makes calls to AWS: `aws('s3', 'PutObject', input)`. The SDK is part of Lambda's runtimes for Node.js.
 */
function callsTo(region) {
  const clients = new Map();
  return async (service, operation, input) => {
    const sdk = require(`@aws-sdk/client-${service}`);
    if (!clients.has(service)) {
      clients.set(service, new sdk[CLIENTS[service]]({ region, maxAttempts: 8 }));
    }
    return clients.get(service).send(new sdk[`${operation}Command`](input));
  };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function put(url, body) {
  const { hostname, pathname, search } = new URL(url);
  const options = {
    hostname,
    port: 443,
    path: pathname + search,
    method: 'PUT',
    // The address is signed for a request without a content type.
    headers: { 'Content-Type': '', 'Content-Length': Buffer.byteLength(body) },
  };
  return new Promise((resolve, reject) => {
    const request = https.request(options, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/**
 * The function that CloudFormation calls.
 *
 * `acts` has what to do for `Create`, `Update` and `Delete`. The physical id of a resource never changes: a new one
 * would make CloudFormation send a `Delete` for the old one, which takes away what the update has just made.
 */
function serve(physicalId, acts, outside = {}) {
  return async (event, context) => {
    const place = placeOf(context);
    const aws = outside.aws || callsTo(place.region);
    const scene = {
      ...place,
      aws,
      pause: outside.pause || pause,
      properties: event.ResourceProperties || {},
      old: event.OldResourceProperties || event.ResourceProperties || {},
    };
    let status = 'SUCCESS';
    let reason = '';
    try {
      const act = acts[event.RequestType];
      if (!act) throw new Error(`CloudFormation asks for ${event.RequestType}, which is not known here`);
      await act(scene);
    } catch (error) {
      console.error(error);
      status = 'FAILED';
      const words = `${error.name}: ${error.message}`.slice(0, LONGEST_REASON);
      reason = `${words} (log stream ${context.logStreamName})`;
    }
    const { StackId, RequestId, LogicalResourceId } = event;
    const answer = {
      StackId,
      RequestId,
      LogicalResourceId,
      PhysicalResourceId: event.PhysicalResourceId || physicalId,
      Status: status,
      Reason: reason,
      Data: {},
    };
    console.log(JSON.stringify(answer));
    await (outside.put || put)(event.ResponseURL, JSON.stringify(answer));
    return answer;
  };
}

/** Does something that may have been done before: the named errors mean just that. */
async function tolerate(names, work) {
  try {
    return await work();
  } catch (error) {
    if (!names.includes(error.name)) throw error;
    console.log(`${error.name}: ${error.message}`);
    return undefined;
  }
}

/** The ARN of a function, by its name. */
const functionArn = ({ partition, region, account }, name) =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}`;

/** Lets something call a function. A permission of that id that is there already is the same one. */
function permit(scene, name, id, permission) {
  return tolerate(['ResourceConflictException'], () =>
    scene.aws('lambda', 'AddPermission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: name,
      StatementId: id.slice(0, 100),
      ...permission,
    })
  );
}

/** Takes a permission away, or finds it gone, with its function or alone. */
function forbid(scene, name, id) {
  return tolerate(['ResourceNotFoundException'], () =>
    scene.aws('lambda', 'RemovePermission', { FunctionName: name, StatementId: id.slice(0, 100) })
  );
}

module.exports = { serve, tolerate, functionArn, permit, forbid };
