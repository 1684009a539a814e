//! Folders that hold several services.

use pilothouse_desk::wire::{MemberStanding, Place, SeveralView, TaskView};

use super::{Answer, Desks};

#[tauri::command]
#[specta::specta]
pub(super) async fn several(desk: Desks<'_>, place: Place) -> Answer<SeveralView> {
    desk.several(&place)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn several_standing(desk: Desks<'_>, place: Place) -> Answer<Vec<MemberStanding>> {
    desk.several_standing(&place).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn open_service(desk: Desks<'_>, place: Place, service: String) -> Answer<String> {
    desk.open_service(&place, &service)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn plan_several(desk: Desks<'_>, place: Place) -> Answer<TaskView> {
    desk.plan_several(place)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn deploy_several(
    desk: Desks<'_>,
    plan: String,
    token: String,
) -> Answer<TaskView> {
    desk.deploy_several(&plan, &token)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn discard_several(desk: Desks<'_>, plan: String) -> Answer<()> {
    desk.discard_several(&plan);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn answer(
    desk: Desks<'_>,
    question: String,
    goes_on: bool,
    typed: String,
) -> Answer<()> {
    desk.answer(&question, goes_on, &typed)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn plan_removal_of_several(desk: Desks<'_>, place: Place) -> Answer<TaskView> {
    desk.plan_removal_of_several(place)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn remove_several(
    desk: Desks<'_>,
    removal: String,
    token: String,
    typed: String,
    keep_files: bool,
) -> Answer<TaskView> {
    desk.remove_several(&removal, &token, &typed, keep_files)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn discard_removal_of_several(desk: Desks<'_>, removal: String) -> Answer<()> {
    desk.discard_removal_of_several(&removal);
    Ok(())
}
