//! The one window: made here, hidden while a task outlives it, shown again.

use std::sync::Arc;
use std::time::Duration;

use pilothouse_desk::Desk;
use pilothouse_desk::wire::{Leaving, TaskState, TaskView};
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::leaving::HeldBack;
use crate::links::may_show;
use crate::notice;
use crate::streams::Streams;

/// The window's name in capabilities.
const MAIN: &str = "main";
/// A page that says nothing for so long is shown all the same: something is wrong with it, and that must be seen.
const PATIENCE: Duration = Duration::from_secs(3);

/// Makes the window. It is shown when its page has drawn something.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Pilothouse")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .visible(false)
        .on_navigation(may_show)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, payload| {
            if payload.event() == PageLoadEvent::Started {
                window.state::<Streams>().close_all();
            }
        })
        .build()?;
    #[cfg(target_os = "linux")]
    draw_plainly_without_a_graphics_card(&window)?;
    let closing = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            if closing.state::<HeldBack>().asks(Leaving::Close) {
                api.prevent_close();
                return;
            }
            let desk = closing.state::<Arc<Desk>>();
            // What was begun goes on; a second start shows the window again.
            if desk.is_busy() && closing.hide().is_ok() {
                api.prevent_close();
            }
        }
    });
    show_at_last(window);
    Ok(())
}

/// Without a graphics card the webview would imitate one on the processor, for half as much memory again and a
/// later first page.
#[cfg(target_os = "linux")]
fn draw_plainly_without_a_graphics_card(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};
    if pilothouse_local::has_graphics_card() {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

fn show_at_last(window: WebviewWindow) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        if !window.is_visible().unwrap_or(true) && !window.state::<Arc<Desk>>().is_busy() {
            drop(window.show());
        }
    });
}

/// The page has drawn.
pub(crate) fn painted(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        drop(window.show());
    }
}

/// Brings the window to the front.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        drop(window.show());
        drop(window.unminimize());
        drop(window.set_focus());
    }
}

/// Has the page begin again from its first address: it asks what to show, and is told the project that a second
/// start named.
pub(crate) fn open_again(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    if !app.state::<HeldBack>().asks(Leaving::Open) {
        drop(window.eval("location.replace('#/'); location.reload()"));
    }
}

/// Whether the app is to stay, for its page asks about what is not saved.
pub(crate) fn holds_back(app: &AppHandle) -> bool {
    let is_there = app.get_webview_window(MAIN).is_some();
    let holds_back = is_there && app.state::<HeldBack>().asks(Leaving::Close);
    if holds_back {
        show(app);
    }
    holds_back
}

/// Does what waited for the page, which holds nothing back now.
pub(crate) fn leave(app: &AppHandle, why: Leaving) {
    match why {
        Leaving::Open => open_again(app),
        Leaving::Close => {
            if let Some(window) = app.get_webview_window(MAIN) {
                drop(window.close());
            }
        }
    }
}

/// Tells the end of tasks to whoever does not look, and ends with the last one when the window was closed.
pub(crate) fn follow_tasks(app: &AppHandle) {
    let app = app.clone();
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    tauri::async_runtime::spawn(async move {
        let watching = Arc::clone(&desk);
        desk.watch_tasks(move |task| {
            if task.ended.is_some() {
                ended(&app, &watching, &task);
            }
            true
        })
        .await;
    });
}

fn ended(app: &AppHandle, desk: &Arc<Desk>, task: &TaskView) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let is_seen = window.is_visible().unwrap_or(true) && window.is_focused().unwrap_or(true);
    let title = task.title.clone();
    let body = match task.state {
        TaskState::Done => "Done".to_owned(),
        _ => task.now.clone(),
    };
    let (app, desk) = (app.clone(), Arc::clone(desk));
    tauri::async_runtime::spawn(async move {
        if !is_seen {
            notice::tell(title, body).await;
        }
        // Looked at after the notice, for a second start may have shown the window meanwhile.
        if !window.is_visible().unwrap_or(true) && !desk.is_busy() {
            app.exit(0);
        }
    });
}
