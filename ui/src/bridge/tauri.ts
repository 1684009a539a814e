// The engine through Tauri. Streams have numbers of the page's own, so that it can stop listening.
import { Channel } from '@tauri-apps/api/core';
import { commands } from './generated/bindings';
import type { Host, Stop } from './host';

let streams = 0;

/** Opens a stream; answers how to stop it. */
function stream<T>(tell: (said: T) => void, begin: (number: number, channel: Channel<T>) => Promise<unknown>): Stop {
  streams += 1;
  const number = streams;
  let open = true;
  const channel = new Channel<T>();
  channel.onmessage = (said) => { if (open) tell(said); };
  // What a stream fails of is told in the stream, or by the call that shows its page.
  begin(number, channel).catch(() => undefined);
  return () => {
    if (!open) return;
    open = false;
    void commands.unwatch(number);
  };
}

/** A call that tells how far it is. */
function told<T, A>(tell: (said: T) => void, begin: (number: number, channel: Channel<T>) => Promise<A>): Promise<A> {
  streams += 1;
  const number = streams;
  const channel = new Channel<T>();
  channel.onmessage = tell;
  return begin(number, channel).finally(() => void commands.unwatch(number));
}

const silent = async (call: Promise<unknown>): Promise<void> => { await call; };

export function tauriHost(): Host {
  return {
    start: () => commands.start(),
    setPreferences: (preferences) => silent(commands.setPreferences(preferences)),
    prerequisites: () => commands.prerequisites(),
    chooseFolder: () => commands.chooseFolder(),
    openExample: (example) => commands.openExample(example),
    templates: () => commands.templates(),
    checkName: (name) => silent(commands.checkName(name)),
    createService: (asked, elsewhere) => commands.createService(asked, elsewhere),
    forgetProject: (project) => silent(commands.forgetProject(project)),
    project: (place) => commands.project(place),
    askCloud: (place) => commands.askCloud(place),
    live: (place) => commands.live(place),
    deployed: (place) => commands.deployed(place),
    plan: (place, withoutFiles) => commands.plan(place, withoutFiles ?? false),
    planPackage: (place) => commands.planPackage(place),
    deploy: (plan, token) => commands.deploy(plan, token),
    discardPlan: (plan) => silent(commands.discardPlan(plan)),
    savePlan: (plan) => commands.savePlan(plan),
    planRemoval: (place) => commands.planRemoval(place),
    remove: (removal, token, typed, keepFiles) => commands.remove(removal, token, typed, keepFiles),
    discardRemoval: (removal) => silent(commands.discardRemoval(removal)),
    sandboxUp: (keepState) => commands.sandboxUp(keepState),
    sandboxDown: () => commands.sandboxDown(),
    sandboxReset: () => commands.sandboxReset(),
    tasks: () => commands.tasks(),
    task: (task) => commands.task(task),
    cancelTask: (task) => silent(commands.cancelTask(task)),
    watchTask: (task, from, tell) => stream(tell, (number, channel) => commands.watchTask(task, from, number, channel)),
    watchTasks: (tell) => stream(tell, (number, channel) => commands.watchTasks(number, channel)),
    invoke: (place, fn, data) => commands.invoke(place, fn, data),
    invokeCommand: (place, fn, data) => commands.invokeCommand(place, fn, data),
    http: (place, call) => commands.http(place, call),
    watchLogs: (place, asked, tell) => stream(tell, (number, channel) => commands.watchLogs(place, asked, number, channel)),
    openEndpoint: (place, endpoint) => silent(commands.openEndpoint(place, endpoint)),
    sandbox: () => commands.sandbox(),
    watchSandboxLogs: (follow, tell) => stream(tell, (number, channel) => commands.watchSandboxLogs(follow, number, channel)),
    activity: (most) => commands.activity(most),
    readText: (place, file) => commands.readText(place, file),
    saveText: (place, file, before, text) => commands.saveText(place, file, before, text),
    checkText: (place, file, text, number) => commands.checkText(place, file, text, number),
    completeText: (place, file, text, at) => commands.completeText(place, file, text, at),
    meaningOfText: (place, file, text, at) => commands.meaningOfText(place, file, text, at),
    outline: (place) => commands.outline(place),
    form: (place, path, kind) => commands.form(place, path, kind),
    proposeEdit: (place, edits, shared) => commands.proposeEdit(place, edits, shared),
    makeEdit: (place, edits, shared, before) => commands.makeEdit(place, edits, shared, before),
    sizes: (place, without) => commands.sizes(place, without),
    codeTexts: (place, hash) => commands.codeTexts(place, hash),
    allowCode: async (place, hash, forGood) => { await commands.allowCode(place, hash, forGood); },
    allowedCode: () => commands.allowedCode(),
    forgetCode: async (code) => { await commands.forgetCode(code); },
    several: (place) => commands.several(place),
    severalStanding: (place) => commands.severalStanding(place),
    openService: (place, service) => commands.openService(place, service),
    planSeveral: (place) => commands.planSeveral(place),
    deploySeveral: (plan, token) => commands.deploySeveral(plan, token),
    discardSeveral: (plan) => silent(commands.discardSeveral(plan)),
    answer: (question, goesOn, typed) => silent(commands.answer(question, goesOn, typed)),
    planRemovalOfSeveral: (place) => commands.planRemovalOfSeveral(place),
    removeSeveral: (removal, token, typed, keepFiles) => commands.removeSeveral(removal, token, typed, keepFiles),
    discardRemovalOfSeveral: (removal) => silent(commands.discardRemovalOfSeveral(removal)),
    watchLeaving: (tell) => stream(tell, (number, channel) => commands.watchLeaving(number, channel)),
    leave: () => silent(commands.leave()),
    watchSecrets: (place, expected, tell) => stream(tell, (number, channel) => commands.watchSecrets(place, expected, number, channel)),
    secret: (place, name) => commands.secret(place, name),
    revealSecret: (place, selector) => commands.revealSecret(place, selector),
    copySecret: (place, selector) => commands.copySecret(place, selector),
    checkSecret: (region, draft, bytes) => commands.checkSecret(region, draft, bytes),
    setSecret: (place, draft, value) => commands.setSecret(place, draft, value),
    restoreSecret: (place, name, version, seen) => commands.restoreSecret(place, name, version, seen),
    labelSecret: (place, name, version, set, remove) => silent(commands.labelSecret(place, name, version, set, remove)),
    tagSecret: (place, name, set, remove) => silent(commands.tagSecret(place, name, set, remove)),
    chooseImport: (place, path, kind, key) => commands.chooseImport(place, path, kind, key),
    prepareCopy: (from, fromPath, to, toPath, only) => commands.prepareCopy(from, fromPath, to, toPath, only),
    discardImport: (id) => silent(commands.discardImport(id)),
    applyImport: (id, token, tell) => told(tell, (number, channel) => commands.applyImport(id, token, number, channel)),
    compareSecrets: (left, leftPath, right, rightPath) => commands.compareSecrets(left, leftPath, right, rightPath),
    exportSecrets: (place, path, name) => commands.exportSecrets(place, path, name),
    planSecretDeletion: (place, names, path) => commands.planSecretDeletion(place, names, path),
    deleteSecrets: (id, token, typed, tell) => told(tell, (number, channel) => commands.deleteSecrets(id, token, typed, number, channel)),
    undoDeletion: (undo) => commands.undoDeletion(undo),
    painted: () => silent(commands.painted()),
  };
}
