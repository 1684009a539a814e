//! The border between page and engine: its generated types, its capability and its policy are what is committed.
#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use specta_typescript::Typescript;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn json(name: &str) -> Value {
    let text = fs::read_to_string(file(name)).expect("the file is there");
    serde_json::from_str(&text).expect("it is JSON")
}

fn bindings() -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bindings.ts");
    let header = "// Generated from the engine's types by `make docs`. Do not edit.\n";
    pilothouse_desktop::builder()
        .export(Typescript::default().header(header), &path)
        .expect("the types can be written");
    fs::read_to_string(path).expect("it was written")
}

#[test]
fn the_pages_types_are_those_of_the_engine() {
    let committed = file("../ui/src/bridge/generated/bindings.ts");
    let now = bindings();
    if std::env::var_os("PILOTHOUSE_WRITE_DOCS").is_some() {
        fs::write(&committed, &now).expect("it can be written");
    }
    let before = fs::read_to_string(&committed).unwrap_or_default();
    assert_eq!(before, now, "run `make docs` and commit what changes");
}

#[test]
fn the_page_may_ask_the_commands_of_this_app_and_nothing_else() {
    let capability = json("capabilities/main.json");
    let allowed: Vec<&str> = capability["permissions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one.as_str().expect("a name"))
        .collect();
    let commands: Vec<String> = commands()
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    assert_eq!(allowed, commands);
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none());
    let files = fs::read_dir(file("capabilities"))
        .expect("the folder")
        .count();
    assert_eq!(files, 1, "one capability, one file");
}

/// The names of the commands, from the types that the page is given.
fn commands() -> Vec<String> {
    let source = fs::read_to_string(file("build.rs")).expect("the file is there");
    let list = source
        .split("COMMANDS: &[&str] = &[")
        .nth(1)
        .expect("the list");
    let list = list.split("];").next().expect("its end");
    list.split(',')
        .map(|name| name.trim().trim_matches('"').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn every_command_is_named_to_tauri() {
    let named = commands();
    let text = bindings();
    let used: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split("__TAURI_INVOKE<").nth(1))
        .filter_map(|rest| rest.split('"').nth(1))
        .collect();
    let used: Vec<&str> = used
        .into_iter()
        .filter(|name| !name.starts_with("plugin:"))
        .collect();
    assert_eq!(
        used, named,
        "build.rs and commands.rs name the same commands in the same order"
    );
}

#[test]
fn the_policy_lets_nothing_in_from_outside() {
    let config = json("tauri.conf.json");
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(security["capabilities"], serde_json::json!(["main"]));
    assert!(
        security
            .get("dangerousDisableAssetCspModification")
            .is_none()
    );
    let policy = security["csp"].as_object().expect("a policy");
    assert_eq!(policy["default-src"], "'none'");
    for (directive, sources) in policy {
        for source in sources.as_str().expect("words").split(' ') {
            assert!(
                matches!(
                    source,
                    "'none'" | "'self'" | "ipc:" | "http://ipc.localhost"
                ),
                "{directive} {source}"
            );
        }
    }
}
