'use strict';

// Packages many services with the peer in one process: starting it takes longer than its work.
//
// A folder per line comes in; a line `{"folder", "error"}` goes out for each, `error` null when its templates lie in
// the folder's `.serverless`. Each service has its own instance of the peer's class. Services have no variables: the
// peer resolves those before that class begins. Whether one process does what the command does is held by a test.

const path = require('path');
const readline = require('readline');

const root = process.argv[2];
process.argv = [process.argv[0], path.join(root, 'bin/serverless.js'), 'package'];
process.env.SLS_DEPRECATION_NOTIFICATION_MODE = 'warn';
const Serverless = require(path.join(root, 'lib/serverless'));
const readConfiguration = require(path.join(root, 'lib/configuration/read'));
const uuid = require(require.resolve('uuid', { paths: [root] }));

async function packageOne(folder) {
  process.chdir(folder);
  const configurationFilename = 'serverless.yml';
  const configuration = await readConfiguration(path.join(folder, configurationFilename));
  const serverless = new Serverless({
    configuration,
    serviceDir: folder,
    configurationFilename,
    commands: ['package'],
    options: {},
  });
  serverless.invocationId = uuid.v4();
  await serverless.init();
  await serverless.run();
}

(async () => {
  for await (const folder of readline.createInterface({ input: process.stdin })) {
    let error = null;
    try {
      await packageOne(folder);
    } catch (problem) {
      error = problem.code && problem.name === 'ServerlessError' ? `${problem.code}: ${problem.message}` : `${problem.stack}`;
    }
    process.stdout.write(`${JSON.stringify({ folder, error })}\n`);
  }
  process.exit(0);
})();
