//! The commands of the editor of texts.

use pilothouse_desk::wire::{Checked, Meaning, Place, Saved, Suggestions, TextFile};

use super::{Answer, Desks};

#[tauri::command]
#[specta::specta]
pub(super) async fn read_text(
    desk: Desks<'_>,
    place: Place,
    file: Option<String>,
) -> Answer<TextFile> {
    desk.read_text(&place, file.as_deref())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn save_text(
    desk: Desks<'_>,
    place: Place,
    file: String,
    before: String,
    text: String,
) -> Answer<Saved> {
    desk.save_text(&place, &file, &before, &text)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn check_text(
    desk: Desks<'_>,
    place: Place,
    file: String,
    text: String,
    number: u32,
) -> Answer<Option<Checked>> {
    desk.check_text(&place, &file, &text, number)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn complete_text(
    desk: Desks<'_>,
    place: Place,
    file: String,
    text: String,
    at: u32,
) -> Answer<Suggestions> {
    desk.complete_text(&place, &file, &text, at)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn meaning_of_text(
    desk: Desks<'_>,
    place: Place,
    file: String,
    text: String,
    at: u32,
) -> Answer<Option<Meaning>> {
    desk.meaning_of_text(&place, &file, &text, at)
}
