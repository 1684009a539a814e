'use strict';

// Resolves the variables of many configurations with the peer in one process.
//
// A line `{"folder", "options"}` comes in; a line `{"error", "custom"}` goes out for each. Only sources that ask
// nothing of AWS take part.

const path = require('path');
const readline = require('readline');

const root = process.argv[2];
const resolve = require(path.join(root, 'lib/configuration/variables'));
const readConfiguration = require(path.join(root, 'lib/configuration/read'));

// Circles leave promises behind that nobody waits for.
process.on('unhandledRejection', () => undefined);

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new TypeError('it never ends')), 5000).unref());
}

async function resolveOne({ folder, options }) {
  process.chdir(folder);
  const configuration = await readConfiguration(path.join(folder, 'serverless.yml'));
  await Promise.race([resolve({ serviceDir: folder, configuration, options }), late()]);
  return configuration.custom;
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let answer;
    try {
      answer = { error: null, custom: await resolveOne(JSON.parse(line)) };
    } catch (problem) {
      const isOwn = problem.code && problem.name === 'ServerlessError';
      answer = { error: isOwn ? problem.message : `${problem.stack}`, custom: null };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
})();
