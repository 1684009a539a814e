'use strict';

// Prints the schema that the peer holds a service for AWS against, as JSON. The folder named second has a service.

const path = require('path');

const [root, folder] = process.argv.slice(2);
process.argv = [process.argv[0], path.join(root, 'bin/serverless.js'), 'package'];
const Serverless = require(path.join(root, 'lib/serverless'));
const readConfiguration = require(path.join(root, 'lib/configuration/read'));

(async () => {
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
  serverless.invocationId = 'schema';
  await serverless.init();
  process.stdout.write(JSON.stringify(serverless.configSchemaHandler.schema), () => process.exit(0));
})();
