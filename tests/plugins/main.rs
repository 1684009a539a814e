//! What built-in plugins put into archives, run: the adapter of WSGI applications and the code of warmers.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The real frameworks that the adapter is tried with.
const FRAMEWORKS: &[&str] = &["django==5.2.8", "flask==3.1.2"];

fn here() -> PathBuf {
    pilothouse_tests::tests_folder().join("plugins")
}

/// Packages a project and unpacks one of its archives.
fn unpacked(files: &[(&str, &str)], archive: &str) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let project = place.path().join("project");
    std::fs::create_dir_all(&project).expect("a folder");
    for (name, text) in files {
        std::fs::write(project.join(name), text).expect("a file");
    }
    let output = pilothouse_tests::pilothouse(place.path())
        .args(["package", "--dir"])
        .arg(&project)
        .output()
        .expect("the command starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let code = place.path().join("code");
    let unzip = "import sys,zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])";
    succeeds(
        Command::new("python3")
            .args(["-c", unzip])
            .arg(project.join(".pilothouse").join(archive))
            .arg(&code),
    );
    let names = names_of(&project);
    let given: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let more: Vec<&String> = names
        .iter()
        .filter(|name| *name != ".pilothouse" && !given.contains(&name.as_str()))
        .collect();
    assert!(
        more.is_empty(),
        "nothing is written to the project: {more:?}"
    );
    (place, code)
}

fn names_of(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

fn succeeds(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}{told}");
    said
}

const WSGI: &str = "service: web\nprovider: {name: aws, runtime: python3.12}\nplugins: [serverless-wsgi]\n\
                    package: {patterns: ['!**', app.py]}\n\
                    custom: {wsgi: {app: app.app, packRequirements: false, textMimeTypes: [application/x-own]}}\n\
                    functions: {api: {handler: wsgi_handler.handler, events: [{httpApi: '*'}]}}\n";

/// The adapter as it is packed, with an application of ours that gives back what it was asked.
#[test]
fn the_adapter_understands_every_kind_of_event() {
    let app = std::fs::read_to_string(here().join("echo_app.py")).expect("the application");
    let (_place, code) = unpacked(&[("serverless.yml", WSGI), ("app.py", &app)], "web.zip");
    let test = here().join("adapter_test.py");
    let said = succeeds(Command::new("python3").arg(test).arg("echo").arg(&code));
    assert!(said.contains("all hold"), "{said}");
}

#[test]
fn the_adapter_runs_flask_and_django() {
    let python = pilothouse_tests::python_with(FRAMEWORKS, "frameworks");
    for framework in ["flask", "django"] {
        let app = here().join(format!("{framework}_app.py"));
        let app = std::fs::read_to_string(app).expect("the application");
        let (_place, code) = unpacked(&[("serverless.yml", WSGI), ("app.py", &app)], "web.zip");
        let test = here().join("adapter_test.py");
        let said = succeeds(Command::new(&python).arg(test).arg(framework).arg(&code));
        assert!(said.contains("all hold"), "{framework}: {said}");
    }
}

const WARM: &str = "service: warm\nprovider: {name: aws, runtime: nodejs22.x}\nplugins: [serverless-plugin-warmup]\n\
                    custom: {warmup: {default: {enabled: true, concurrency: 3, verbose: false}}}\n\
                    functions: {a: {handler: h.a}, b: {handler: h.a, warmup: {default: {alias: live, concurrency: 1, payload: {x: 1}}}}}\n";

/// The code of a warmer as it is packed, with a stand-in for AWS's own package.
#[test]
fn a_warmer_calls_each_function_as_often_as_it_should() {
    let files = [
        ("serverless.yml", WARM),
        ("h.js", "exports.a = async () => 1;\n"),
    ];
    let (_place, code) = unpacked(&files, "warmUpPluginDefault.zip");
    let folder = code.join(".warmup/default");
    assert_eq!(
        names_of(&code),
        [".warmup"],
        "nothing of the project is in it"
    );
    let package = folder.join("node_modules/@aws-sdk/client-lambda");
    std::fs::create_dir_all(&package).expect("a folder");
    std::fs::write(
        package.join("package.json"),
        r#"{"type": "module", "main": "index.js"}"#,
    )
    .expect("a file");
    let stand_in = "export const calls = [];\n\
                    export class InvokeCommand { constructor(input) { this.input = input; } }\n\
                    export class LambdaClient { async send({ input }) { calls.push(input); if (input.FunctionName === 'warm-dev-b') throw new Error('no'); } }\n";
    std::fs::write(package.join("index.js"), stand_in).expect("a file");
    let run = "const { warmUp } = await import('./index.mjs');\n\
               const { calls } = await import('@aws-sdk/client-lambda');\n\
               const done = await warmUp();\n\
               console.log(JSON.stringify({ done, calls }));";
    std::fs::write(folder.join("run.mjs"), run).expect("a file");
    let said = succeeds(Command::new("node").arg("run.mjs").current_dir(&folder));
    let told: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(
        told["done"],
        serde_json::json!({ "functions": 2, "failed": 1 })
    );
    let of = |name: &str| {
        let calls = told["calls"].as_array().expect("calls").iter();
        calls
            .filter(|call| call["FunctionName"] == name)
            .cloned()
            .collect::<Vec<_>>()
    };
    let (a, b) = (of("warm-dev-a"), of("warm-dev-b"));
    assert_eq!((a.len(), b.len()), (3, 1), "{told}");
    assert_eq!(a[0]["Payload"], r#"{"source":"serverless-plugin-warmup"}"#);
    assert_eq!(b[0]["Qualifier"], "live");
    assert_eq!(b[0]["Payload"], r#"{"x":1}"#);
}
