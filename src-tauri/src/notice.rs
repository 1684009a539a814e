//! A notice on the desktop, for whoever does not look at the window.

use std::time::Duration;

use notify_rust::Notification;

/// How long a desktop may take to show a notice before it is left alone.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shows a notice. A desktop that shows none is no fault: the status line says it too.
pub(crate) async fn tell(title: String, body: String) {
    let shown = tauri::async_runtime::spawn_blocking(move || {
        let mut notice = Notification::new();
        notice.appname("Pilothouse").summary(&title).body(&body);
        #[cfg(windows)]
        notice.app_id("dev.pilothouse.desktop");
        drop(notice.show());
    });
    drop(tokio::time::timeout(PATIENCE, shown).await);
}
