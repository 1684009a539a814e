//! Python packages through the command, fetched by a real pip from wheels that the test makes, without a network.
//!
//! The expected files are those that serverless-python-requirements 6.1.2 packed of the same projects, by Serverless
//! Framework 3.40, less its caches.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use zip::ZipArchive;

const HEAD: &str = "provider: {name: aws, runtime: python3.11}\n";
const PLUGIN: &str = "plugins: [serverless-python-requirements]\n";
const INDEX: &str = "--no-index\n--find-links wheels\n";
const HANDLER: &str = "import alpha\ndef main(e, c):\n    return alpha.value\n";
const ONE: &str =
    "package: {patterns: [\"!wheels/**\"]}\nfunctions: {a: {handler: handler.main}}\n";

struct Project {
    place: TempDir,
}

impl Project {
    fn new(name: &str, rest: &str, files: &[(&str, &str)]) -> Self {
        Self::bare(name, &format!("{PLUGIN}{rest}"), files)
    }

    /// Without the plugin.
    fn bare(name: &str, rest: &str, files: &[(&str, &str)]) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let project = Self { place };
        let config = format!("service: {name}\n{HEAD}{rest}");
        project.write("serverless.yml", &config);
        project.write("handler.py", HANDLER);
        for (path, text) in files {
            project.write(path, text);
        }
        let made = Command::new("python3")
            .args(["-c", include_str!("wheels.py"), "wheels"])
            .current_dir(project.folder())
            .status();
        assert!(made.expect("python3 runs").success());
        project
    }

    fn folder(&self) -> std::path::PathBuf {
        self.place.path().join("project")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn run(&self, words: &[&str]) -> Output {
        pilothouse_tests::pilothouse(self.place.path())
            .args(words)
            .current_dir(self.folder())
            .output()
            .expect("the command starts")
    }

    fn package(&self) {
        let done = self.run(&["package"]);
        assert!(done.status.success(), "{}", errors(&done));
    }

    fn template(&self) -> serde_json::Value {
        let path = ".pilothouse/cloudformation-template-update-stack.json";
        let text = fs::read_to_string(self.folder().join(path)).expect("a template");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Every archive with its files, and those of an archive in it.
    fn listing(&self) -> String {
        let folder = self.folder().join(".pilothouse");
        let entries = fs::read_dir(&folder).expect("results");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("a result")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| name.ends_with(".zip"))
            .collect();
        names.sort_unstable();
        let mut text = String::new();
        for name in names {
            text.push_str(&format!("== {name}\n"));
            for line in names_in(fs::read(folder.join(&name)).expect("an archive")) {
                text.push_str(&line);
                text.push('\n');
            }
        }
        text
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names_in(bytes: Vec<u8>) -> Vec<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names = archive.file_names();
    let mut names: Vec<String> = names
        .map(|name| name.expect("a name").into_owned())
        .collect();
    if let Ok(mut inner) = archive.by_name(".requirements.zip") {
        let mut bytes = Vec::new();
        inner.read_to_end(&mut bytes).expect("read");
        let inner = names_in(bytes).into_iter();
        names.extend(inner.map(|name| format!(".requirements.zip!{name}")));
    }
    names.sort_unstable();
    names
}

fn same_as_the_plugin(number: u32, rest: &str, files: &[(&str, &str)]) -> Project {
    let project = Project::new(&format!("p{number}"), rest, files);
    project.package();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("python/expected/p{number}.txt"));
    let wanted = fs::read_to_string(path).expect("a recorded list");
    assert_eq!(project.listing(), wanted);
    project
}

#[test]
fn a_plain_list() {
    let list = format!("{INDEX}alpha==1.0\n");
    same_as_the_plugin(1, ONE, &[("requirements.txt", &list)]);
}

#[test]
fn files_that_name_files_and_markers() {
    let list = format!(
        "{INDEX}# c\n-r base.txt\nsome-thing ; sys_platform == \"linux\"\nnot-there ; sys_platform == \"win32\"\n"
    );
    let rest = "package: {patterns: [\"!wheels/**\"]}\nfunctions: {a: {handler: handler.main}, b: {handler: handler.main}}\n";
    same_as_the_plugin(
        2,
        rest,
        &[("requirements.txt", &list), ("base.txt", "alpha\nbeta<2\n")],
    );
}

#[test]
fn functions_from_folders_of_their_own() {
    let rest = "package: {individually: true, patterns: [\"!wheels/**\"]}\nfunctions: {a: {handler: handler.main, module: one}, b: {handler: handler.main, module: two}, c: {handler: handler.main}}\n";
    let (one, two) = (format!("{INDEX}beta==1.0\n"), format!("{INDEX}beta==2.0\n"));
    let files = [
        ("one/requirements.txt", one.as_str()),
        ("one/handler.py", HANDLER),
        ("two/requirements.txt", two.as_str()),
        ("two/handler.py", HANDLER),
        ("two/sub/m.py", "x=1\n"),
    ];
    same_as_the_plugin(3, rest, &files);
}

#[test]
fn slim_leaves_out_what_patterns_name() {
    let list = format!("{INDEX}alpha==1.0\nsome-thing\n");
    let rest = format!(
        "custom: {{pythonRequirements: {{slim: true, strip: false, slimPatterns: [\"**/tests/*\", \"alpha/data\"]}}}}\n{ONE}"
    );
    same_as_the_plugin(4, &rest, &[("requirements.txt", &list)]);
}

#[test]
fn what_is_not_deployed_and_what_is_vendored() {
    let list = format!("{INDEX}alpha==1.0\nsome-thing\n");
    let rest = "package: {patterns: [\"!wheels/**\", \"!libs/**\"]}\ncustom: {pythonRequirements: {noDeploy: [beta, some-thing], vendor: ./libs}}\nfunctions: {a: {handler: handler.main}}\n";
    let files = [
        ("requirements.txt", list.as_str()),
        ("libs/alpha/only.py", "v=1\n"),
        ("libs/own.py", "v\n"),
    ];
    same_as_the_plugin(5, rest, &files);
}

#[test]
fn packages_as_an_archive_in_the_archive() {
    let list = format!("{INDEX}alpha==1.0\n");
    let rest = format!("custom: {{pythonRequirements: {{zip: true}}}}\n{ONE}");
    same_as_the_plugin(6, &rest, &[("requirements.txt", &list)]);
}

#[test]
fn packages_as_a_layer() {
    let list = format!("{INDEX}alpha==1.0\nsome-thing\n");
    let rest = "package: {patterns: [\"!wheels/**\", \"!libs/**\"]}\ncustom: {pythonRequirements: {layer: true, noDeploy: [beta, some-thing], vendor: ./libs}}\nfunctions: {a: {handler: handler.main, layers: [{Ref: PythonRequirementsLambdaLayer}]}, b: {handler: handler.main}}\n";
    let files = [
        ("requirements.txt", list.as_str()),
        ("libs/alpha/only.py", "v=1\n"),
        ("libs/own.py", "v\n"),
    ];
    let project = same_as_the_plugin(8, rest, &files);
    let template = project.template();
    let layer = &template["Resources"]["PythonRequirementsLambdaLayer"]["Properties"];
    assert_eq!(layer["LayerName"], "p8-dev-python-requirements");
    assert_eq!(
        layer["Description"],
        "Python requirements generated by serverless-python-requirements."
    );
    assert_eq!(
        layer["CompatibleRuntimes"],
        serde_json::json!(["python3.11"])
    );
    let key = layer["Content"]["S3Key"].as_str().expect("a key");
    assert!(key.ends_with("/pythonRequirements.zip"), "{key}");
    let of = |name: &str| template["Resources"][name]["Properties"]["Layers"].clone();
    let reference = serde_json::json!([{"Ref": "PythonRequirementsLambdaLayer"}]);
    assert_eq!(of("ALambdaFunction"), reference);
    assert!(of("BLambdaFunction").is_null());
}

/// Without the plugin: every Python function has the layer after its own, those of other languages do not.
#[test]
fn dependencies_as_a_layer_come_to_every_python_function() {
    let list = format!("{INDEX}alpha==1.0\n");
    let rest = "package: {patterns: [\"!wheels/**\"]}\ncustom: {pilothouse: {dependencies: layer}}\nfunctions:\n  a: {handler: handler.main}\n  b: {handler: handler.main, layers: [\"arn:aws:lambda:us-east-1:123456789012:layer:x:1\"]}\n  c: {handler: index.main, runtime: nodejs22.x}\n";
    let project = Project::bare("own", rest, &[("requirements.txt", &list)]);
    project.package();
    let listing = project.listing();
    assert!(
        listing.contains("\npython/alpha/__init__.py\n"),
        "{listing}"
    );
    assert!(!listing.contains("\nalpha/__init__.py\n"), "{listing}");
    let template = project.template();
    let of = |name: &str| template["Resources"][name]["Properties"]["Layers"].clone();
    let reference = serde_json::json!({"Ref": "PythonRequirementsLambdaLayer"});
    assert_eq!(of("ALambdaFunction"), serde_json::json!([reference]));
    let arn = "arn:aws:lambda:us-east-1:123456789012:layer:x:1";
    assert_eq!(of("BLambdaFunction"), serde_json::json!([arn, reference]));
    assert!(of("CLambdaFunction").is_null());
}

#[test]
fn a_layer_of_nothing_is_told() {
    let rest =
        "custom: {pilothouse: {dependencies: layer}}\nfunctions: {a: {handler: handler.main}}\n";
    let project = Project::bare("nothing", rest, &[]);
    let done = project.run(&["package"]);
    assert_eq!(done.status.code(), Some(1));
    let told = errors(&done);
    assert!(told.contains("would be empty"), "{told}");
    assert!(!project.folder().join(".pilothouse").exists());
}

#[test]
fn no_list_is_no_packages() {
    same_as_the_plugin(7, ONE, &[]);
}

#[test]
fn the_second_time_nothing_is_fetched_and_the_bytes_are_the_same() {
    let list = format!("{INDEX}alpha==1.0\n");
    let project = Project::new("again", ONE, &[("requirements.txt", &list)]);
    project.package();
    let archive = project.folder().join(".pilothouse/again.zip");
    let first = fs::read(&archive).expect("an archive");
    fs::remove_dir_all(project.folder().join("wheels")).expect("removed");
    project.package();
    assert_eq!(fs::read(&archive).expect("an archive"), first);
}

#[test]
fn a_package_without_a_wheel_is_named_with_the_way_out_and_nothing_is_written() {
    let list = format!("{INDEX}nowhere==1.0\n");
    let project = Project::new("none", ONE, &[("requirements.txt", &list)]);
    let done = project.run(&["package"]);
    assert_eq!(done.status.code(), Some(1));
    let told = errors(&done);
    assert!(
        told.contains("nowhere==1.0 has no wheel for Python 3.11 on x86_64")
            && told.contains("--allow-code "),
        "{told}"
    );
    assert!(!project.folder().join(".pilothouse").exists());
}

#[test]
fn a_folder_of_the_project_is_built_by_consent_alone() {
    let setup = "from setuptools import setup\nopen('ran', 'w')\nsetup(name='own', version='1', py_modules=['own'])\n";
    let files = [
        ("requirements.txt", "-e ./lib\n"),
        ("lib/setup.py", setup),
        ("lib/own.py", "x = 1\n"),
    ];
    let project = Project::new("built", ONE, &files);
    let done = project.run(&["package"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(
        errors(&done).contains("CONSENT_NEEDED"),
        "{}",
        errors(&done)
    );
    assert!(!project.folder().join("lib/ran").exists());
}
