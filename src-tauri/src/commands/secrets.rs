//! The commands of parameters. Files are chosen in the system's own dialogs: the page names none.

use std::sync::Arc;

use pilothouse_desk::wire::{
    CheckedSecret, Comparison, CopiedSecret, DeletedSecrets, DeletionPreview, ExportedSecrets,
    GivenValue, ImportPreview, ImportedView, ParameterDetails, ParameterType, RevealedSecret,
    SecretDraft, SecretsTold, SetDone, StorePlace, TagView,
};
use pilothouse_desk::{ImportAsked, TellSecrets};
use pilothouse_effects::Clipboard;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::{Answer, Desks};
use crate::clipboard::SystemClipboard;
use crate::streams::Streams;

fn telling(streams: &Streams, stream: u32, tell: Channel<SecretsTold>) -> TellSecrets {
    let listening = streams.open(stream);
    Arc::new(move |told| listening.tell(&tell, told))
}

#[tauri::command]
#[specta::specta]
pub(super) async fn watch_secrets(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    place: StorePlace,
    expected: Option<u32>,
    stream: u32,
    tell: Channel<SecretsTold>,
) -> Answer<()> {
    desk.watch_secrets(&place, expected, telling(&streams, stream, tell))
        .await;
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn secret(
    desk: Desks<'_>,
    place: StorePlace,
    name: String,
) -> Answer<ParameterDetails> {
    desk.secret(&place, &name).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn reveal_secret(
    desk: Desks<'_>,
    place: StorePlace,
    selector: String,
) -> Answer<RevealedSecret> {
    desk.reveal_secret(&place, &selector).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn copy_secret(
    desk: Desks<'_>,
    clipboard: State<'_, Arc<SystemClipboard>>,
    place: StorePlace,
    selector: String,
) -> Answer<CopiedSecret> {
    let clipboard: Arc<dyn Clipboard> = Arc::clone(&clipboard) as Arc<dyn Clipboard>;
    desk.copy_secret(&place, &selector, clipboard).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn check_secret(
    desk: Desks<'_>,
    region: String,
    draft: SecretDraft,
    bytes: Option<u32>,
) -> Answer<CheckedSecret> {
    Ok(desk.check_secret(&region, &draft, bytes))
}

#[tauri::command]
#[specta::specta]
pub(super) async fn set_secret(
    desk: Desks<'_>,
    place: StorePlace,
    draft: SecretDraft,
    value: GivenValue,
) -> Answer<SetDone> {
    desk.set_secret(&place, draft, value).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn restore_secret(
    desk: Desks<'_>,
    place: StorePlace,
    name: String,
    version: u32,
    seen: u32,
) -> Answer<SetDone> {
    desk.restore_secret(&place, &name, version, seen).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn label_secret(
    desk: Desks<'_>,
    place: StorePlace,
    name: String,
    version: u32,
    set: Vec<String>,
    remove: Vec<String>,
) -> Answer<()> {
    desk.label_secret(&place, &name, version, &set, &remove)
        .await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn tag_secret(
    desk: Desks<'_>,
    place: StorePlace,
    name: String,
    set: Vec<TagView>,
    remove: Vec<String>,
) -> Answer<()> {
    desk.tag_secret(&place, &name, set, remove).await
}

/// The picker is the system's, and its answer stays here.
#[tauri::command]
#[specta::specta]
pub(super) async fn choose_import(
    app: AppHandle,
    desk: Desks<'_>,
    place: StorePlace,
    path: String,
    kind: Option<ParameterType>,
    key: Option<String>,
) -> Answer<Option<ImportPreview>> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let dialog = app.dialog().file().set_title("Choose a file of values");
    dialog.pick_file(move |file| drop(tell.send(file)));
    let file = told
        .await
        .ok()
        .flatten()
        .and_then(|file| file.into_path().ok());
    let Some(file) = file.and_then(|file| file.into_os_string().into_string().ok()) else {
        return Ok(None);
    };
    let asked = ImportAsked {
        file,
        path,
        kind,
        key,
    };
    desk.prepare_import(&place, asked).await.map(Some)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn prepare_copy(
    desk: Desks<'_>,
    from: StorePlace,
    from_path: String,
    to: StorePlace,
    to_path: String,
    only: Vec<String>,
) -> Answer<ImportPreview> {
    desk.prepare_copy((&from, &from_path), (&to, &to_path), &only)
        .await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn discard_import(desk: Desks<'_>, prepared: String) -> Answer<()> {
    desk.discard_import(&prepared);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn apply_import(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    prepared: String,
    token: String,
    stream: u32,
    tell: Channel<SecretsTold>,
) -> Answer<ImportedView> {
    desk.apply_import(&prepared, &token, telling(&streams, stream, tell))
        .await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn compare_secrets(
    desk: Desks<'_>,
    left: StorePlace,
    left_path: String,
    right: StorePlace,
    right_path: String,
) -> Answer<Comparison> {
    desk.compare_secrets((&left, &left_path), (&right, &right_path))
        .await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn export_secrets(
    app: AppHandle,
    desk: Desks<'_>,
    place: StorePlace,
    path: String,
    name: String,
) -> Answer<Option<ExportedSecrets>> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let dialog = app
        .dialog()
        .file()
        .set_title("Write the values into a file")
        .set_file_name(name);
    dialog.save_file(move |file| drop(tell.send(file)));
    let file = told
        .await
        .ok()
        .flatten()
        .and_then(|file| file.into_path().ok());
    let Some(file) = file.and_then(|file| file.into_os_string().into_string().ok()) else {
        return Ok(None);
    };
    desk.export_secrets(&place, &path, &file).await.map(Some)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn plan_secret_deletion(
    desk: Desks<'_>,
    place: StorePlace,
    names: Vec<String>,
    path: Option<String>,
) -> Answer<DeletionPreview> {
    desk.plan_secret_deletion(&place, &names, path.as_deref())
        .await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn delete_secrets(
    desk: Desks<'_>,
    streams: State<'_, Streams>,
    deletion: String,
    token: String,
    typed: String,
    stream: u32,
    tell: Channel<SecretsTold>,
) -> Answer<DeletedSecrets> {
    desk.delete_secrets(&deletion, &token, &typed, telling(&streams, stream, tell))
        .await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn undo_deletion(desk: Desks<'_>, undo: String) -> Answer<Vec<SetDone>> {
    desk.undo_deletion(&undo).await
}
