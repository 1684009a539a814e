// The engine without an engine: scenes that a test or a story asks for by name, `?scene=plan-long-names`.
import type { Host } from '../host';
import type { Deployed, Preferences, ProjectView, Start, TaskEvent, TaskView } from '../generated/bindings';
import { asProblem } from '../problem';
import { HOSTILE, hostileHost, hostileScene } from './hostile';
import { journey } from './journey';
import { sampleDeployed, sampleLive, sampleProject, sampleStart, sampleText } from './samples';

/** What a page is shown with. Whatever is left out is as in the samples; a call can be replaced by another. */
export interface Scene {
  /** The address of the page, such as `/services/hello`. */
  path: string;
  start?: Partial<Start>;
  project?: ProjectView;
  deployed?: Deployed;
  tasks?: { view: TaskView; events: TaskEvent[] }[];
  calls?: Partial<Host>;
  /** What is pressed first, by its test id, or written into, as `id=text`: some states come only of an action. */
  press?: string[];
}

type Module = { scenes: Record<string, Scene> };
const modules = import.meta.glob<Module>('../../features/*/scenes.ts', { eager: true });

export const scenes: Record<string, Scene> = Object.assign({ journey: { path: '/' } }, ...Object.values(modules).map((module) => module.scenes)) as Record<string, Scene>;

/** A call that never answers: what a page shows while it waits. */
export function forever<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}

export function hostOf(scene: Scene, theme: Preferences['theme']): Host {
  const tasks = scene.tasks ?? [];
  const start: Start = { ...sampleStart, ...scene.start, preferences: { ...sampleStart.preferences, ...scene.start?.preferences, theme } };
  const find = (id: string) => tasks.find((task) => task.view.id === id);
  const later = (run: () => void) => { let gone = false; queueMicrotask(() => { if (!gone) run(); }); return () => { gone = true; }; };
  const refuse = () => Promise.reject(asProblem(new Error('this scene does not do that')));
  return {
    start: () => Promise.resolve(start),
    setPreferences: () => Promise.resolve(),
    prerequisites: () => Promise.resolve([]),
    chooseFolder: () => Promise.resolve(null),
    openExample: (example) => Promise.resolve(example),
    templates: () => Promise.resolve([]), checkName: () => Promise.resolve(), createService: (asked) => Promise.resolve(asked.name),
    forgetProject: () => Promise.resolve(),
    project: () => Promise.resolve(scene.project ?? sampleProject),
    askCloud: () => Promise.resolve((scene.project ?? sampleProject).asked),
    deployed: () => Promise.resolve(scene.deployed ?? sampleDeployed),
    live: () => Promise.resolve({ live: sampleLive, askedAt: new Date().toISOString() }),
    plan: refuse, planPackage: () => Promise.resolve(null), deploy: refuse, planRemoval: refuse, remove: refuse, sandboxUp: refuse, sandboxDown: refuse, sandboxReset: refuse,
    discardPlan: () => Promise.resolve(),
    savePlan: () => Promise.resolve('plan.json'),
    discardRemoval: () => Promise.resolve(),
    tasks: () => Promise.resolve(tasks.map((task) => task.view)),
    task: (id) => { const found = find(id); return found === undefined ? Promise.reject({ ...asProblem(null), code: 'TASK_UNKNOWN', title: 'this task is not known any more', detail: null }) : Promise.resolve(found.view); },
    cancelTask: () => Promise.resolve(),
    watchTask: (id, from, tell) => later(() => { const found = find(id); if (found !== undefined) tell({ task: id, events: found.events.filter((event) => event.seq > from) }); }),
    watchTasks: () => () => undefined,
    invoke: refuse, http: refuse,
    invokeCommand: (_place, fn, data) => Promise.resolve(`pilothouse invoke ${fn} --dir ~/code/hello-world --stage dev --sandbox${data === '{}' ? '' : ` --data '${data.replace(/\s+/g, ' ')}'`}`),
    watchLogs: (_place, _asked, tell) => later(() => tell({ kind: 'upToDate' })),
    openEndpoint: () => Promise.resolve(),
    sandbox: () => Promise.resolve(start.sandbox),
    watchSandboxLogs: (_follow, tell) => later(() => tell({ kind: 'upToDate' })),
    activity: () => Promise.resolve([]),
    readText: () => Promise.resolve({ file: 'serverless.yml', text: sampleText, digest: '1', config: 'serverless.yml', others: [] }),
    checkText: () => Promise.resolve({ findings: [] }),
    completeText: (_place, _file, _text, at) => Promise.resolve({ range: { from: at, to: at }, all: [] }),
    meaningOfText: () => Promise.resolve(null),
    saveText: () => Promise.resolve({ kind: 'done', digest: '2' }),
    outline: refuse, form: refuse, proposeEdit: refuse, makeEdit: refuse, sizes: refuse, codeTexts: () => Promise.resolve([]), allowCode: () => Promise.resolve(), allowedCode: () => Promise.resolve([]), forgetCode: () => Promise.resolve(),
    several: refuse, severalStanding: () => Promise.resolve([]), openService: (_place, service) => Promise.resolve(service),
    planSeveral: refuse, deploySeveral: refuse, planRemovalOfSeveral: refuse, removeSeveral: refuse, answer: () => Promise.resolve(), discardSeveral: () => Promise.resolve(), discardRemovalOfSeveral: () => Promise.resolve(),
    watchLeaving: () => () => undefined,
    leave: () => Promise.resolve(),
    watchSecrets: (_place, _expected, tell) => later(() => tell({ kind: 'stopped' })),
    secret: refuse, revealSecret: refuse, copySecret: refuse, setSecret: refuse, restoreSecret: refuse, compareSecrets: refuse, prepareCopy: refuse,
    applyImport: refuse, planSecretDeletion: refuse, deleteSecrets: refuse, undoDeletion: refuse, labelSecret: refuse, tagSecret: refuse,
    checkSecret: (_region, draft) => Promise.resolve({ broken: [], command: `pilothouse secrets set ${draft.name}`, call: ['ssm:PutParameter', `Name: ${draft.name}`] }),
    chooseImport: () => Promise.resolve(null), exportSecrets: () => Promise.resolve(null), discardImport: () => Promise.resolve(),
    painted: () => { document.documentElement.dataset['painted'] = 'yes'; return Promise.resolve(); },
    ...scene.calls,
  };
}

const KEPT = 'pilothouse.scene';
/** Before the name of a scene that is shown with the worst names. */
const WORST = 'hostile-';

/** The host for the scene that the address names; the page of the scene is gone to. */
export function memoryHost(): Host {
  const asked = new URLSearchParams(window.location.search === '' ? (sessionStorage.getItem(KEPT) ?? '') : window.location.search);
  sessionStorage.setItem(KEPT, asked.toString());
  const name = asked.get('scene') ?? 'overview-first-run';
  const isHostile = name.startsWith(WORST);
  const found: Scene = name === 'journey' ? { path: '/', calls: journey() } : (scenes[isHostile ? name.slice(WORST.length) : name] ?? { path: '/' });
  const scene = isHostile ? hostileScene(found) : found;
  // Tests ask which scenes there are.
  document.documentElement.dataset['scenes'] = [...Object.keys(scenes), ...HOSTILE.map((one) => `${WORST}${one}`)].join(' ');
  document.documentElement.dataset['press'] = (scene.press ?? []).join(' ');
  const theme = asked.get('theme');
  // The router reads what stands before `#` as a part of each address: it is kept elsewhere, also through a reload.
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.hash === '' ? `#${scene.path}` : window.location.hash}`);
  const host = hostOf(scene, theme === 'dark' || theme === 'light' ? theme : 'system');
  return isHostile ? hostileHost(host) : host;
}
