// Calls functions before anybody waits for them, so that they are warm. Which ones is in `functions.json`.

import { readFileSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";

const { functions, verbose } = JSON.parse(readFileSync(new URL("functions.json", import.meta.url), "utf8"));
const lambda = new LambdaClient({});

const say = (text) => {
  if (verbose) console.log(text);
};

function timesFor(name, config) {
  const own = process.env[`WARMUP_CONCURRENCY_${name.toUpperCase().replace(/-/g, "_")}`];
  return Number.parseInt(own ?? process.env.WARMUP_CONCURRENCY ?? config.concurrency, 10) || 0;
}

async function warm({ name, config }) {
  const context = config.clientContext ?? config.payload;
  const call = () =>
    lambda.send(
      new InvokeCommand({
        FunctionName: name,
        InvocationType: "RequestResponse",
        LogType: "None",
        Qualifier: config.alias ?? process.env.SERVERLESS_ALIAS,
        ClientContext: context ? Buffer.from(`{"custom":${context}}`).toString("base64") : undefined,
        Payload: config.payload,
      }),
    );
  const times = timesFor(name, config);
  try {
    await Promise.all(Array.from({ length: times }, call));
    say(`${name}: called ${times} times`);
    return true;
  } catch (problem) {
    console.error(`${name}:`, problem);
    return false;
  }
}

export async function warmUp() {
  const done = await Promise.all(functions.map(warm));
  const failed = done.filter((one) => !one).length;
  say(`${functions.length} functions, ${failed} not warmed`);
  return { functions: functions.length, failed };
}
