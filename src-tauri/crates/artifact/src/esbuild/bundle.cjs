// Bundles what the request beside this file asks for, and writes the outputs and what is told of them beside it.
const fs = require('fs');
const path = require('path');
const request = JSON.parse(fs.readFileSync(path.join(__dirname, 'request.json'), 'utf8'));
const esbuild = require(request.package);

const place = (at) =>
  at && { file: at.file, line: at.line, column: at.column, length: at.length, text: at.lineText };
const said = (message) => ({
  text: message.text,
  place: place(message.location),
  suggestion: (message.location && message.location.suggestion) || '',
  notes: (message.notes || []).map((note) => ({ text: note.text, place: place(note.location) })),
});

const builds = path.join(request.root, '.esbuild', '.build');
const one = async (entry) => {
  const answer = { entry, outputs: [], imports: [], inputs: 0, errors: [], warnings: [] };
  let result;
  try {
    result = await esbuild.build({
      ...request.options,
      entryPoints: [entry],
      outdir: path.join(builds, path.dirname(entry)),
      absWorkingDir: request.root,
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
  } catch (error) {
    // What is no message of a build is a setting that it does not understand.
    const messages = Array.isArray(error.errors) && error.errors.length ? error.errors : [{ text: String(error.message) }];
    answer.errors = messages.map(said);
    answer.warnings = (error.warnings || []).map(said);
    return answer;
  }
  answer.warnings = result.warnings.map(said);
  const write = (name, content) => {
    const file = path.join(__dirname, 'files', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    answer.outputs.push(name);
  };
  for (const output of result.outputFiles) {
    const name = path.relative(builds, output.path).split(path.sep).join('/');
    if (name.startsWith('../') || path.isAbsolute(name)) {
      answer.errors.push({ text: `the output \`${name}\` would lie outside the archive`, notes: [] });
      continue;
    }
    write(name, output.contents);
  }
  const outputs = Object.values(result.metafile.outputs);
  const external = outputs.flatMap((output) => output.imports.filter((other) => other.external));
  answer.imports = [...new Set(external.map((other) => other.path))].sort();
  answer.inputs = Object.keys(result.metafile.inputs).length;
  if (request.metafile) {
    const name = entry.slice(0, -path.extname(entry).length);
    write(`${name}-meta.json`, JSON.stringify(result.metafile, null, 2));
  }
  return answer;
};

(async () => {
  const answers = [];
  const waiting = [...request.entries];
  const work = async () => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      answers.push(await one(entry));
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  fs.writeFileSync(path.join(__dirname, 'answer.json'), JSON.stringify(answers));
  process.exit(0);
})();
