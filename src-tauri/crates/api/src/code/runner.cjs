// Runs one file of the project and writes what it exports as JSON. The last argument is the request:
// { file, mode: 'configuration' | 'value', address, options, given: [[want, value]], mark }.
const path = require('path');
const { pathToFileURL } = require('url');
const request = JSON.parse(process.argv[process.argv.length - 1]);
const write = process.stdout.write.bind(process.stdout);
// What the code prints is not taken for the answer.
process.stdout.write = process.stderr.write.bind(process.stderr);
const finish = (answer) =>
  write(`\n${request.mark}${JSON.stringify(answer)}\n`, () => process.exit(0));
const told = (error) =>
  error && error.stack ? String(error.stack) : typeof error === 'string' ? error : String(error && error.message || error);
const fail = (what, error) => finish({ error: `${what}: ${told(error)}` });
const isFunction = (value) => typeof value === 'function' && !/^class\b/.test(String(value));
const isPromise = (value) => value != null && typeof value.then === 'function';

const known = new Map(request.given.map(([want, value]) => [JSON.stringify(want), value]));
const wants = [];
let quiet;
const ask = (want) => {
  const key = JSON.stringify(want);
  if (known.has(key)) return Promise.resolve(known.get(key));
  if (!wants.some((other) => JSON.stringify(other) === key)) wants.push(want);
  // Others may be asked for in the same turn; then the file is run again with all of them.
  clearTimeout(quiet);
  quiet = setTimeout(() => finish({ wants }), 5);
  return new Promise(() => {});
};
const given = {
  options: request.options,
  resolveVariable: (variable) => ask({ variable: String(variable) }),
  resolveConfigurationProperty: (at) => ask({ property: Array.from(at, String) }),
};

const load = async (file) => {
  if (file.endsWith('.mjs')) return (await import(pathToFileURL(file).href)).default;
  if (/\.[cm]?ts$/.test(file)) return typescript(file);
  return require(file);
};

// What reads TypeScript, the project's own first; osls brings one with it.
const typescript = (file) => {
  const find = (name, from = path.dirname(file)) => {
    try {
      return require.resolve(name, { paths: [from] });
    } catch {
      return undefined;
    }
  };
  const inOsls = (name) => {
    const osls = find('osls/package.json');
    return osls && find(name, path.dirname(osls));
  };
  const node = find('ts-node');
  const tsx = node ? undefined : find('tsx/cjs');
  const esbuild = node || tsx ? undefined : find('esbuild-register/dist/node');
  const brought = node || tsx || esbuild ? undefined : inOsls('tsx/cjs');
  if (node) require(node).register();
  else if (esbuild) require(esbuild).register();
  else if (tsx || brought) require(tsx || brought);
  else if (!process.features.typescript) {
    throw 'it is TypeScript, which needs `tsx`, `ts-node` or `esbuild-register` in the project: npm install --save-dev tsx';
  }
  const loaded = require(file);
  // A module that was written with `export default` and turned into CommonJS by something other than `export =`.
  return loaded && loaded.__esModule && 'default' in loaded ? loaded.default : loaded;
};

/// The way to the first function or promise in a value.
const deferred = (value, at, seen) => {
  if (isFunction(value) || isPromise(value)) return at || '(all of it)';
  if (value == null || typeof value !== 'object' || seen.has(value)) return undefined;
  seen.add(value);
  for (const key of Object.keys(value)) {
    const found = deferred(value[key], at ? `${at}.${key}` : key, seen);
    if (found) return found;
  }
  return undefined;
};

const answer = async () => {
  const name = path.basename(request.file);
  let value;
  try {
    value = await load(request.file);
  } catch (error) {
    return fail(`loading ${name} failed`, error);
  }
  if (request.mode === 'configuration') {
    if (value == null || typeof value !== 'object' || Array.isArray(value)) {
      return finish({ error: `${name} exports no plain object` });
    }
    return finish({ value });
  }
  let called = false;
  const call = async (made) => {
    called = true;
    return made(given);
  };
  try {
    value = isFunction(value) ? await call(value) : await value;
    if (!called && !request.address) {
      const at = deferred(value, '', new Set());
      if (at) return finish({ deferred: at });
    }
    const names = request.address ? request.address.split('.') : [];
    while (names.length && value != null && typeof value !== 'string') {
      value = value[names.shift()];
      if (!called) value = isFunction(value) ? await call(value) : await value;
    }
    if (wants.length) return undefined;
    return finish({ value: value === undefined ? null : value, rest: names.join('.') });
  } catch (error) {
    return fail(`a function of ${name} failed`, error);
  }
};
answer().catch((error) => fail('what it exports is no JSON', error));
