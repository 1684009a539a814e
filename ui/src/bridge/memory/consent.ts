// A project that is code in part, and nobody allowed it yet: for the pages that ask whether it may run.
import type { Host } from '../host';
import type { Problem, Program } from '../generated/bindings';

const code = "const stage = process.argv[2];\nmodule.exports = {\n  service: 'hello-world',\n  provider: { name: 'aws', runtime: 'nodejs22.x' },\n  functions: require('./functions'),\n};\n";

export const sampleProgram: Program = {
  name: 'serverless.js', hash: '3f0c9a4be1d2775c0c1b86f0a9d4e6b57f2c1d8e90a3b4c5d6e7f8091a2b3c4d', files: ['functions.js', 'package.json', 'serverless.js'],
  may: ['runs in your Node when the configuration is read', 'reads the files that the hash is over, and writes none', 'can reach the network', 'gets no credentials and none of your environment variables'],
};

/** What a call fails with that would run a program. */
export function needsConsent(program: Program = sampleProgram): Problem {
  return { code: 'CONSENT_NEEDED', kind: 'permission', title: `\`${program.name}\` is code that would run on this computer`, detail: null, hints: [], retry: 'after', findings: [], failure: null, consent: [program] };
}

/** Calls that fail until a program is allowed: each takes what it answers then. */
export function untilAllowed(calls: Partial<Host>, program: Program = sampleProgram): Partial<Host> {
  let allowed = false;
  const held = Object.entries(calls).map(([name, call]) => [name, (...words: unknown[]) => (allowed ? (call as (...words: unknown[]) => unknown)(...words) : Promise.reject(needsConsent(program)))]);
  return {
    ...(Object.fromEntries(held) as Partial<Host>),
    codeTexts: () => Promise.resolve(program.files.map((file) => ({ file, text: file === 'package.json' ? null : code }))),
    allowCode: () => { allowed = true; return Promise.resolve(); },
  };
}
