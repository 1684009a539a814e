//! The shell: a window whose page asks the desk. It holds no logic of its own; what the page can do, the command
//! `pilothouse` can do.
//!
//! Security: the page is served from the app alone under a strict policy, may ask the commands that its
//! capability names and nothing else, cannot leave its own pages, and opens no other window.

mod clipboard;
mod commands;
mod host;
mod leaving;
mod links;
mod notice;
mod streams;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use pilothouse_desk::Desk;
use tauri::{AppHandle, Manager, RunEvent};

pub use commands::builder;

use crate::leaving::HeldBack;
use crate::streams::Streams;

/// Pilothouse, in a window.
#[derive(Debug, Parser)]
#[command(name = "pilothouse-desktop", version, about)]
struct Arguments {
    /// Open the project in this folder
    #[arg(long, value_name = "DIR")]
    open: Option<PathBuf>,
}

/// Opens the window and answers when it is closed and nothing runs any more.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let open = arguments.open.as_deref().and_then(whole);
    let desk = Desk::new(host::real(command()));
    if let Some(folder) = &open {
        desk.ask_for(folder);
    }
    let commands = commands::builder();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(second_start))
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .manage(desk)
        .manage(Arc::new(clipboard::SystemClipboard::default()))
        .manage(Streams::default())
        .manage(HeldBack::default())
        .invoke_handler(commands.invoke_handler())
        .setup(|app| {
            window::open(app.handle())?;
            window::follow_tasks(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::ExitRequested {
                    api, code: None, ..
                } = event
                    && window::holds_back(app)
                {
                    api.prevent_exit();
                }
            });
            ExitCode::SUCCESS
        }
        Err(problem) => {
            let mut errors = std::io::stderr().lock();
            drop(std::io::Write::write_fmt(
                &mut errors,
                format_args!("error: the window cannot be opened: {problem}\n"),
            ));
            ExitCode::FAILURE
        }
    }
}

/// A second start shows the first window, and has it open what the second was asked to open.
fn second_start(app: &AppHandle, arguments: Vec<String>, folder: String) {
    if let Ok(Arguments { open: Some(open) }) = Arguments::try_parse_from(arguments) {
        let open = PathBuf::from(folder).join(open);
        if let Some(open) = open.to_str() {
            let desk = app.state::<Arc<Desk>>();
            desk.ask_for(open);
            window::open_again(app);
        }
    }
    window::show(app);
}

fn whole(folder: &std::path::Path) -> Option<String> {
    std::path::absolute(folder)
        .ok()?
        .into_os_string()
        .into_string()
        .ok()
}

/// The command `pilothouse`, which lies beside this program.
fn command() -> PathBuf {
    let name = if cfg!(windows) {
        "pilothouse.exe"
    } else {
        "pilothouse"
    };
    std::env::current_exe()
        .ok()
        .and_then(|own| Some(own.parent()?.join(name)))
        .unwrap_or_else(|| PathBuf::from(name))
}
