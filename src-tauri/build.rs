//! Names every command to Tauri, so that each needs a permission of its own, and stands in for a page that was
//! not built: `cargo test` works without Node.

use std::fs;
use std::io;
use std::path::Path;

/// Every command. The list in `src/commands.rs` is compared with it by a test.
const COMMANDS: &[&str] = &[
    "start",
    "set_preferences",
    "prerequisites",
    "choose_folder",
    "open_example",
    "templates",
    "check_name",
    "create_service",
    "forget_project",
    "project",
    "deployed",
    "live",
    "plan",
    "plan_package",
    "deploy",
    "discard_plan",
    "save_plan",
    "plan_removal",
    "remove",
    "discard_removal",
    "sandbox_up",
    "sandbox_down",
    "sandbox_reset",
    "tasks",
    "task",
    "cancel_task",
    "watch_task",
    "watch_tasks",
    "invoke",
    "invoke_command",
    "http",
    "watch_logs",
    "open_endpoint",
    "sandbox",
    "watch_sandbox_logs",
    "activity",
    "ask_cloud",
    "read_text",
    "save_text",
    "check_text",
    "complete_text",
    "meaning_of_text",
    "outline",
    "form",
    "propose_edit",
    "make_edit",
    "sizes",
    "code_texts",
    "allow_code",
    "allowed_code",
    "forget_code",
    "several",
    "several_standing",
    "open_service",
    "plan_several",
    "deploy_several",
    "discard_several",
    "answer",
    "plan_removal_of_several",
    "remove_several",
    "discard_removal_of_several",
    "watch_leaving",
    "leave",
    "watch_secrets",
    "secret",
    "reveal_secret",
    "copy_secret",
    "check_secret",
    "set_secret",
    "restore_secret",
    "label_secret",
    "tag_secret",
    "choose_import",
    "prepare_copy",
    "discard_import",
    "apply_import",
    "compare_secrets",
    "export_secrets",
    "plan_secret_deletion",
    "delete_secrets",
    "undo_deletion",
    "unwatch",
    "painted",
];

fn main() -> io::Result<()> {
    let page = Path::new("../ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("../ui/dist")?;
        fs::write(
            page,
            "<!doctype html><title>Pilothouse</title><p>The window's page is not built: run make run</p>\n",
        )?;
    }
    println!("cargo:rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .map_err(io::Error::other)
}
