// What the window may ask of the engine. Two things keep this promise: the Tauri host and the in-memory host.
// A call that fails throws a `Problem`. Ids are opaque; the page never sends a path, an ARN or a credential.
import type {
  Activity,
  AllowedCode,
  AskedValue,
  CodeText,
  Checked,
  CheckedSecret,
  Comparison,
  CopiedSecret,
  DeletedSecrets,
  DeletionPreview,
  ExportedSecrets,
  GivenValue,
  ImportPreview,
  ImportedView,
  ParameterDetails,
  ParameterType,
  RevealedSecret,
  SecretDraft,
  SecretsTold,
  SetDone,
  StorePlace,
  TagView,
  Deployed,
  EditAsked,
  FileMark,
  Form,
  HttpAnswer,
  HttpCall,
  InvokeAnswer,
  Leaving,
  LiveView,
  LogBatch,
  LogsAsked,
  MemberStanding,
  Outline,
  Meaning,
  NewService,
  Place,
  Preferences,
  Prerequisite,
  ProjectView,
  Proposal,
  SandboxView,
  Saved,
  SeveralView,
  SharedValues,
  SizesView,
  Start,
  Suggestions,
  TaskBatch,
  TaskView,
  Template,
  TextFile,
} from './generated/bindings';

/** Ends a stream. Calling it twice does nothing. */
export type Stop = () => void;

export interface Host {
  /** Everything for the first paint. */
  start(): Promise<Start>;
  setPreferences(preferences: Preferences): Promise<void>;
  /** Looks for Python, Node and the sandbox's packages. */
  prerequisites(): Promise<Prerequisite[]>;

  /** Opens the system's folder picker; answers the project's id, or null when nothing was chosen. */
  chooseFolder(): Promise<string | null>;
  /** Copies an example into the user's folder and opens it; answers the project's id. */
  openExample(example: string): Promise<string>;
  /** What a service can be begun from. */
  templates(): Promise<Template[]>;
  /** Fails with what is wrong about the name of a new service. */
  checkName(name: string): Promise<void>;
  /** Writes a service and opens it; answers the project's id. With `elsewhere` the system's picker asks for the folder it is made in; null when none was chosen. */
  createService(asked: NewService, elsewhere: boolean): Promise<string | null>;
  forgetProject(project: string): Promise<void>;
  /** The service for a stage, from its files alone. Also remembers stage and target as the last looked at. */
  project(place: Place): Promise<ProjectView>;
  /** Asks AWS for what the configuration takes from there: what is not known yet, or all of it anew. No value comes back. */
  askCloud(place: Place): Promise<AskedValue[]>;
  /** What stands in the cloud. On a stopped sandbox the answer is `unknown`; it is not started for this. */
  deployed(place: Place): Promise<Deployed>;

  /** The drawing with what stands of it; a stopped sandbox is not started for this. */
  live(place: Place): Promise<LiveView>;

  /** Each begins a task and answers it at once; what comes of it is told by `watchTask`. */
  /** `withoutFiles` leaves the files of synced folders as they are in their buckets. */
  plan(place: Place, withoutFiles?: boolean): Promise<TaskView>;
  /** Plans what was packaged before: the system's picker asks for its folder; null when none was chosen. */
  planPackage(place: Place): Promise<TaskView | null>;
  /** Executes a plan that is shown; `token` is the plan's. */
  deploy(plan: string, token: string): Promise<TaskView>;
  discardPlan(plan: string): Promise<void>;
  /** Opens the system's save dialog; answers the file's name, or null when nothing was chosen. */
  savePlan(plan: string): Promise<string | null>;
  planRemoval(place: Place): Promise<TaskView>;
  /** `typed` is the stack's name as the user typed it. */
  /** `keepFiles` leaves the files that deploys put into buckets where they are. */
  remove(removal: string, token: string, typed: string, keepFiles: boolean): Promise<TaskView>;
  discardRemoval(removal: string): Promise<void>;
  sandboxUp(keepState: boolean | null): Promise<TaskView>;
  sandboxDown(): Promise<TaskView>;
  sandboxReset(): Promise<TaskView>;

  tasks(): Promise<TaskView[]>;
  task(task: string): Promise<TaskView>;
  /** Asks a task to stop: once in good order, a second time at once. */
  cancelTask(task: string): Promise<void>;
  /** Tells every event after number `from` (0: all), then new ones as they come; ends by itself after `ended`. */
  watchTask(task: string, from: number, tell: (batch: TaskBatch) => void): Stop;
  /** Tells a task whenever one begins, changes its sentence, or ends. */
  watchTasks(tell: (task: TaskView) => void): Stop;

  invoke(place: Place, fn: string, data: string): Promise<InvokeAnswer>;
  /** The command that calls the same in a terminal. */
  invokeCommand(place: Place, fn: string, data: string): Promise<string>;
  http(place: Place, call: HttpCall): Promise<HttpAnswer>;
  watchLogs(place: Place, asked: LogsAsked, tell: (batch: LogBatch) => void): Stop;
  /** Opens an endpoint in the system's browser. */
  openEndpoint(place: Place, endpoint: string): Promise<void>;

  sandbox(): Promise<SandboxView>;
  watchSandboxLogs(follow: boolean, tell: (batch: LogBatch) => void): Stop;

  activity(most: number): Promise<Activity[]>;

  /** The configuration file (null), or a file that it reads. */
  readText(place: Place, file: string | null): Promise<TextFile>;
  /** Gives a file a new text, unless it changed since it had the digest `before`. */
  saveText(place: Place, file: string, before: string, text: string): Promise<Saved>;
  /** What would be found if the file had this text; null when a check with a higher number was asked for since. */
  checkText(place: Place, file: string, text: string, number: number): Promise<Checked | null>;
  /** What may be written at a place of a text that is edited, and what stands there. */
  completeText(place: Place, file: string, text: string, at: number): Promise<Suggestions>;
  meaningOfText(place: Place, file: string, text: string, at: number): Promise<Meaning | null>;

  /** What of the configuration can be edited by form. */
  outline(place: Place): Promise<Outline>;
  /** The form for a value; `kind` is the type of a new resource. */
  form(place: Place, path: string[], kind: string | null): Promise<Form>;
  /** What edits would change, without changing it. */
  proposeEdit(place: Place, edits: EditAsked[], shared: SharedValues): Promise<Proposal>;
  /** Makes edits, unless a file changed since they were proposed. */
  makeEdit(place: Place, edits: EditAsked[], shared: SharedValues, before: FileMark[]): Promise<Proposal>;

  /** How large the service is; `without` are patterns of what to leave out. Packages it each time. */
  sizes(place: Place, without: string[]): Promise<SizesView>;

  /** The files of code that somebody must allow, the first ones with their texts. */
  codeTexts(place: Place, hash: string): Promise<CodeText[]>;
  /** Lets a content run: until the window is closed, or for good. */
  allowCode(place: Place, hash: string, forGood: boolean): Promise<void>;
  /** What may run for good, of all projects. */
  allowedCode(): Promise<AllowedCode[]>;
  forgetCode(code: string): Promise<void>;

  /** A folder that holds several services, from its files alone. A service that is wrong says so itself. */
  several(place: Place): Promise<SeveralView>;
  /** How each of them stands. */
  severalStanding(place: Place): Promise<MemberStanding[]>;
  /** Opens one of them; answers its project's id. */
  openService(place: Place, service: string): Promise<string>;
  planSeveral(place: Place): Promise<TaskView>;
  /** Deploys all that a plan shows; `token` is the plan's. */
  deploySeveral(plan: string, token: string): Promise<TaskView>;
  discardSeveral(plan: string): Promise<void>;
  /** Answers a question of a task; `typed` is the stage as the user typed it, where it must be typed to go on. */
  answer(question: string, goesOn: boolean, typed: string): Promise<void>;
  planRemovalOfSeveral(place: Place): Promise<TaskView>;
  /** `typed` is the stage's name as the user typed it. */
  removeSeveral(removal: string, token: string, typed: string, keepFiles: boolean): Promise<TaskView>;
  discardRemovalOfSeveral(removal: string): Promise<void>;
  /** Says that the page has what is not saved, and tells when the window is to be left: it stays until `leave`. */
  watchLeaving(tell: (why: Leaving) => void): Stop;
  /** What was not saved is saved or given up: what waited for that is done. */
  leave(): Promise<void>;
  /** Tells the parameters of a place as they are read; `expected` is how many there were the last time. */
  watchSecrets(place: StorePlace, expected: number | null, tell: (told: SecretsTold) => void): Stop;
  /** All of one parameter but its value. */
  secret(place: StorePlace, name: string): Promise<ParameterDetails>;
  /** The one answer that holds a value; that it was asked for is noted first. It belongs in no cache. */
  revealSecret(place: StorePlace, selector: string): Promise<RevealedSecret>;
  /** Gives a value to the clipboard, past the page, and takes it back after a while. */
  copySecret(place: StorePlace, selector: string): Promise<CopiedSecret>;
  /** What a draft would do, by rules alone; of the value only its size is told. */
  checkSecret(region: string, draft: SecretDraft, bytes: number | null): Promise<CheckedSecret>;
  setSecret(place: StorePlace, draft: SecretDraft, value: GivenValue): Promise<SetDone>;
  restoreSecret(place: StorePlace, name: string, version: number, seen: number): Promise<SetDone>;
  labelSecret(place: StorePlace, name: string, version: number, set: string[], remove: string[]): Promise<void>;
  tagSecret(place: StorePlace, name: string, set: TagView[], remove: string[]): Promise<void>;
  /** Opens the system's file picker; what storing the file's values would change, or null when none was chosen. */
  chooseImport(place: StorePlace, path: string, kind: ParameterType | null, key: string | null): Promise<ImportPreview | null>;
  prepareCopy(from: StorePlace, fromPath: string, to: StorePlace, toPath: string, only: string[]): Promise<ImportPreview>;
  discardImport(id: string): Promise<void>;
  /** Writes what was shown, once. */
  applyImport(id: string, token: string, tell: (told: SecretsTold) => void): Promise<ImportedView>;
  compareSecrets(left: StorePlace, leftPath: string, right: StorePlace, rightPath: string): Promise<Comparison>;
  /** Opens the system's save dialog; null when nothing was chosen. */
  exportSecrets(place: StorePlace, path: string, name: string): Promise<ExportedSecrets | null>;
  planSecretDeletion(place: StorePlace, names: string[], path: string | null): Promise<DeletionPreview>;
  /** `typed` is what the user typed to allow it. */
  deleteSecrets(id: string, token: string, typed: string, tell: (told: SecretsTold) => void): Promise<DeletedSecrets>;
  undoDeletion(undo: string): Promise<SetDone[]>;

  /** The page has drawn something that helps: the window may be shown. */
  painted(): Promise<void>;
}
