// Puts many requests to the peer's simulator in one process.
//
// A request per line comes in, as its `Simulation`; a line `{"verdict"}` or `{"error"}` goes out for each. The module's
// path is the first argument, so that nothing of it lies beside this file.

import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { runSimulation } = await import(pathToFileURL(process.argv[2]).href);

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const response = await runSimulation(JSON.parse(line), {});
    if (response.resultType === 'error') {
      answer = { error: response.errors };
    } else {
      answer = { verdict: response.overallResult, ignored: response.result?.ignoredContextKeys ?? [] };
    }
  } catch (problem) {
    answer = { error: String(problem?.stack ?? problem) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
