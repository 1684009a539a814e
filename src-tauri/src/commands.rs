//! The commands of the page: each hands its words to the desk and its answer back.

mod secrets;
mod several;
mod texts;

use std::sync::Arc;

use pilothouse_desk::wire::{
    Activity, AllowedCode, AskedValue, CodeText, Deployed, EditAsked, FileMark, Form, HttpAnswer,
    HttpCall, InvokeAnswer, Leaving, LiveView, LogBatch, LogsAsked, NewService, Outline, Place,
    Preferences, Prerequisite, Problem, ProjectView, Proposal, SandboxView, SharedValues,
    SizesView, Start, TaskBatch, TaskView, Template,
};
use pilothouse_desk::{Desk, PlanHow};
use tauri::ipc::Channel;
use tauri::{AppHandle, State, Wry};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::leaving::HeldBack;
use crate::links::may_open;
use crate::streams::Streams;

type Desks<'a> = State<'a, Arc<Desk>>;
type Answer<T> = Result<T, Problem>;

/// Every command, with its types for the page.
#[expect(
    clippy::too_many_lines,
    reason = "one line for each command, in one list that the macro needs whole"
)]
pub fn builder() -> Builder<Wry> {
    Builder::<Wry>::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            start,
            set_preferences,
            prerequisites,
            choose_folder,
            open_example,
            templates,
            check_name,
            create_service,
            forget_project,
            project,
            deployed,
            live,
            plan,
            plan_package,
            deploy,
            discard_plan,
            save_plan,
            plan_removal,
            remove,
            discard_removal,
            sandbox_up,
            sandbox_down,
            sandbox_reset,
            tasks,
            task,
            cancel_task,
            watch_task,
            watch_tasks,
            invoke,
            invoke_command,
            http,
            watch_logs,
            open_endpoint,
            sandbox,
            watch_sandbox_logs,
            activity,
            ask_cloud,
            texts::read_text,
            texts::save_text,
            texts::check_text,
            texts::complete_text,
            texts::meaning_of_text,
            outline,
            form,
            propose_edit,
            make_edit,
            sizes,
            code_texts,
            allow_code,
            allowed_code,
            forget_code,
            several::several,
            several::several_standing,
            several::open_service,
            several::plan_several,
            several::deploy_several,
            several::discard_several,
            several::answer,
            several::plan_removal_of_several,
            several::remove_several,
            several::discard_removal_of_several,
            watch_leaving,
            leave,
            secrets::watch_secrets,
            secrets::secret,
            secrets::reveal_secret,
            secrets::copy_secret,
            secrets::check_secret,
            secrets::set_secret,
            secrets::restore_secret,
            secrets::label_secret,
            secrets::tag_secret,
            secrets::choose_import,
            secrets::prepare_copy,
            secrets::discard_import,
            secrets::apply_import,
            secrets::compare_secrets,
            secrets::export_secrets,
            secrets::plan_secret_deletion,
            secrets::delete_secrets,
            secrets::undo_deletion,
            unwatch,
            painted,
        ])
}

#[tauri::command]
#[specta::specta]
async fn start(desk: Desks<'_>) -> Answer<Start> {
    desk.start()
}

#[tauri::command]
#[specta::specta]
async fn set_preferences(desk: Desks<'_>, preferences: Preferences) -> Answer<()> {
    desk.set_preferences(preferences)
}

#[tauri::command]
#[specta::specta]
async fn prerequisites(desk: Desks<'_>) -> Answer<Vec<Prerequisite>> {
    desk.prerequisites().await
}

async fn picked_folder(app: &AppHandle, title: &str) -> Option<String> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let dialog = app.dialog().file().set_title(title);
    dialog.pick_folder(move |folder| drop(tell.send(folder)));
    let folder = told.await.ok().flatten()?.into_path().ok()?;
    folder.into_os_string().into_string().ok()
}

/// The picker is the system's, and its answer stays here: the page is told an id.
#[tauri::command]
#[specta::specta]
async fn choose_folder(app: AppHandle, desk: Desks<'_>) -> Answer<Option<String>> {
    match picked_folder(&app, "Open a project").await {
        Some(folder) => desk.open_folder(&folder).map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
async fn templates(desk: Desks<'_>) -> Answer<Vec<Template>> {
    Ok(desk.templates())
}

#[tauri::command]
#[specta::specta]
async fn check_name(desk: Desks<'_>, name: String) -> Answer<()> {
    desk.check_name(&name)
}

/// With `elsewhere` the system's picker asks for the folder that the new one is made in.
#[tauri::command]
#[specta::specta]
async fn create_service(
    app: AppHandle,
    desk: Desks<'_>,
    asked: NewService,
    elsewhere: bool,
) -> Answer<Option<String>> {
    if !elsewhere {
        return desk.create_service(&asked, None).map(Some);
    }
    match picked_folder(&app, "Make the new service in").await {
        Some(parent) => desk.create_service(&asked, Some(&parent)).map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
async fn open_example(desk: Desks<'_>, example: String) -> Answer<String> {
    desk.open_example(&example)
}

#[tauri::command]
#[specta::specta]
async fn forget_project(desk: Desks<'_>, project: String) -> Answer<()> {
    desk.forget_project(&project)
}

#[tauri::command]
#[specta::specta]
async fn project(desk: Desks<'_>, place: Place) -> Answer<ProjectView> {
    desk.project(&place)
}

#[tauri::command]
#[specta::specta]
async fn ask_cloud(desk: Desks<'_>, place: Place) -> Answer<Vec<AskedValue>> {
    desk.ask_cloud(&place).await
}

#[tauri::command]
#[specta::specta]
async fn deployed(desk: Desks<'_>, place: Place) -> Answer<Deployed> {
    desk.deployed(&place).await
}

#[tauri::command]
#[specta::specta]
async fn live(desk: Desks<'_>, place: Place) -> Answer<LiveView> {
    desk.live(&place).await
}

#[tauri::command]
#[specta::specta]
async fn plan(desk: Desks<'_>, place: Place, without_files: bool) -> Answer<TaskView> {
    let how = PlanHow {
        without_files,
        ..PlanHow::default()
    };
    desk.plan(place, how)
}

/// Plans what was packaged before. The folder is chosen in the system's picker; no answer when none was.
#[tauri::command]
#[specta::specta]
async fn plan_package(app: AppHandle, desk: Desks<'_>, place: Place) -> Answer<Option<TaskView>> {
    match picked_folder(&app, "Choose the folder of what was packaged").await {
        None => Ok(None),
        package => {
            let how = PlanHow {
                package,
                ..PlanHow::default()
            };
            desk.plan(place, how).map(Some)
        }
    }
}

#[tauri::command]
#[specta::specta]
async fn deploy(desk: Desks<'_>, plan: String, token: String) -> Answer<TaskView> {
    desk.deploy(&plan, &token)
}

#[tauri::command]
#[specta::specta]
async fn discard_plan(desk: Desks<'_>, plan: String) -> Answer<()> {
    desk.discard_plan(&plan).await
}

#[tauri::command]
#[specta::specta]
async fn save_plan(app: AppHandle, desk: Desks<'_>, plan: String) -> Answer<Option<String>> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let dialog = app
        .dialog()
        .file()
        .set_title("Save the plan")
        .set_file_name("plan.json");
    dialog.save_file(move |file| drop(tell.send(file)));
    let file = told
        .await
        .ok()
        .flatten()
        .and_then(|file| file.into_path().ok());
    let Some(file) = file.and_then(|file| file.into_os_string().into_string().ok()) else {
        return Ok(None);
    };
    desk.save_plan(&plan, &file)?;
    Ok(file.rsplit(['/', '\\']).next().map(str::to_owned))
}

#[tauri::command]
#[specta::specta]
async fn plan_removal(desk: Desks<'_>, place: Place) -> Answer<TaskView> {
    desk.plan_removal(place)
}

#[tauri::command]
#[specta::specta]
async fn remove(
    desk: Desks<'_>,
    removal: String,
    token: String,
    typed: String,
    keep_files: bool,
) -> Answer<TaskView> {
    desk.remove(&removal, &token, &typed, keep_files)
}

#[tauri::command]
#[specta::specta]
async fn discard_removal(desk: Desks<'_>, removal: String) -> Answer<()> {
    desk.discard_removal(&removal);
    Ok(())
}

#[tauri::command]
#[specta::specta]
async fn sandbox_up(desk: Desks<'_>, keep_state: Option<bool>) -> Answer<TaskView> {
    desk.sandbox_up(keep_state)
}

#[tauri::command]
#[specta::specta]
async fn sandbox_down(desk: Desks<'_>) -> Answer<TaskView> {
    desk.sandbox_down()
}

#[tauri::command]
#[specta::specta]
async fn sandbox_reset(desk: Desks<'_>) -> Answer<TaskView> {
    desk.sandbox_reset()
}

#[tauri::command]
#[specta::specta]
async fn tasks(desk: Desks<'_>) -> Answer<Vec<TaskView>> {
    Ok(desk.tasks())
}

#[tauri::command]
#[specta::specta]
async fn task(desk: Desks<'_>, task: String) -> Answer<TaskView> {
    desk.task(&task)
}

#[tauri::command]
#[specta::specta]
async fn cancel_task(desk: Desks<'_>, task: String) -> Answer<()> {
    desk.cancel_task(&task)
}

#[tauri::command]
#[specta::specta]
async fn watch_task(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    task: String,
    from: u32,
    stream: u32,
    tell: Channel<TaskBatch>,
) -> Answer<()> {
    let listening = streams.open(stream);
    desk.watch_task(&task, from, |batch| listening.tell(&tell, batch))
        .await
}

#[tauri::command]
#[specta::specta]
async fn watch_tasks(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    stream: u32,
    tell: Channel<TaskView>,
) -> Answer<()> {
    let listening = streams.open(stream);
    desk.watch_tasks(|view| listening.tell(&tell, view)).await;
    Ok(())
}

#[tauri::command]
#[specta::specta]
async fn invoke(
    desk: Desks<'_>,
    place: Place,
    called: String,
    data: String,
) -> Answer<InvokeAnswer> {
    desk.invoke(&place, &called, &data).await
}

#[tauri::command]
#[specta::specta]
async fn invoke_command(
    desk: Desks<'_>,
    place: Place,
    called: String,
    data: String,
) -> Answer<String> {
    desk.invoke_command(&place, &called, &data)
}

#[tauri::command]
#[specta::specta]
async fn http(desk: Desks<'_>, place: Place, call: HttpCall) -> Answer<HttpAnswer> {
    desk.http(&place, &call).await
}

#[tauri::command]
#[specta::specta]
async fn watch_logs(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    place: Place,
    asked: LogsAsked,
    stream: u32,
    tell: Channel<LogBatch>,
) -> Answer<()> {
    let listening = streams.open(stream);
    desk.logs(&place, &asked, &|batch| listening.tell(&tell, batch))
        .await;
    Ok(())
}

/// Only what the desk itself names is opened, and only on the web.
#[tauri::command]
#[specta::specta]
async fn open_endpoint(
    app: AppHandle,
    desk: Desks<'_>,
    place: Place,
    endpoint: String,
) -> Answer<()> {
    let url = desk.endpoint_url(&place, &endpoint).await?;
    if !may_open(&url) {
        return Err(Desk::not_opened(&url, "it is no web address"));
    }
    let opened = app.opener().open_url(&url, None::<&str>);
    opened.map_err(|problem| Desk::not_opened(&url, &problem.to_string()))
}

#[tauri::command]
#[specta::specta]
async fn sandbox(desk: Desks<'_>) -> Answer<SandboxView> {
    desk.sandbox()
}

#[tauri::command]
#[specta::specta]
async fn watch_sandbox_logs(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    follow: bool,
    stream: u32,
    tell: Channel<LogBatch>,
) -> Answer<()> {
    let listening = streams.open(stream);
    desk.sandbox_logs(follow, &|batch| listening.tell(&tell, batch))
        .await;
    Ok(())
}

#[tauri::command]
#[specta::specta]
async fn activity(desk: Desks<'_>, most: u32) -> Answer<Vec<Activity>> {
    desk.activity(most)
}

#[tauri::command]
#[specta::specta]
async fn outline(desk: Desks<'_>, place: Place) -> Answer<Outline> {
    desk.outline(&place)
}

#[tauri::command]
#[specta::specta]
async fn form(
    desk: Desks<'_>,
    place: Place,
    path: Vec<String>,
    kind: Option<String>,
) -> Answer<Form> {
    desk.form(&place, &path, kind.as_deref())
}

#[tauri::command]
#[specta::specta]
async fn propose_edit(
    desk: Desks<'_>,
    place: Place,
    edits: Vec<EditAsked>,
    shared: SharedValues,
) -> Answer<Proposal> {
    desk.propose_edit(&place, &edits, shared)
}

#[tauri::command]
#[specta::specta]
async fn make_edit(
    desk: Desks<'_>,
    place: Place,
    edits: Vec<EditAsked>,
    shared: SharedValues,
    before: Vec<FileMark>,
) -> Answer<Proposal> {
    desk.make_edit(&place, &edits, shared, &before)
}

#[tauri::command]
#[specta::specta]
async fn sizes(desk: Desks<'_>, place: Place, without: Vec<String>) -> Answer<SizesView> {
    desk.sizes(&place, without).await
}

#[tauri::command]
#[specta::specta]
async fn code_texts(desk: Desks<'_>, place: Place, hash: String) -> Answer<Vec<CodeText>> {
    desk.code_texts(&place, &hash)
}

#[tauri::command]
#[specta::specta]
async fn allow_code(desk: Desks<'_>, place: Place, hash: String, for_good: bool) -> Answer<()> {
    desk.allow_code(&place, &hash, for_good)
}

#[tauri::command]
#[specta::specta]
async fn allowed_code(desk: Desks<'_>) -> Answer<Vec<AllowedCode>> {
    desk.allowed_code()
}

#[tauri::command]
#[specta::specta]
async fn forget_code(desk: Desks<'_>, code: String) -> Answer<()> {
    desk.forget_code(&code)
}

/// The page has what is not saved, and is told when its window is to be left; it goes when the page says `leave`.
#[tauri::command]
#[specta::specta]
async fn watch_leaving(
    held: State<'_, HeldBack>,
    streams: State<'_, Streams>,
    stream: u32,
    tell: Channel<Leaving>,
) -> Answer<()> {
    held.hold(streams.open(stream), tell);
    Ok(())
}

/// What was not saved is saved or given up: what waited for that is done.
#[tauri::command]
#[specta::specta]
async fn leave(app: AppHandle, held: State<'_, HeldBack>) -> Answer<()> {
    if let Some(why) = held.let_go() {
        crate::window::leave(&app, why);
    }
    Ok(())
}

/// The page does not listen to a stream any more.
#[tauri::command]
#[specta::specta]
async fn unwatch(streams: State<'_, Streams>, stream: u32) -> Answer<()> {
    streams.close(stream);
    Ok(())
}

/// The page has drawn something that helps: the window is shown, and start-up is measured to here.
#[tauri::command]
#[specta::specta]
async fn painted(app: AppHandle) -> Answer<()> {
    crate::window::painted(&app);
    Ok(())
}
