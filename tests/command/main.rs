//! The command as a person or a script meets it: exit codes, what is said and where, and what is never done.

mod consent;
mod edit;
mod size;
mod typescript;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

/// A project in a folder of its own.
struct Project {
    place: TempDir,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = place.path().join("project").join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, text).expect("a file");
        }
        Self { place }
    }

    fn folder(&self) -> PathBuf {
        self.place.path().join("project")
    }

    fn run(&self, words: &[&str]) -> Output {
        self.run_with(words, &[])
    }

    fn run_with(&self, words: &[&str], environment: &[(&str, &str)]) -> Output {
        pilothouse_tests::pilothouse(self.place.path())
            .args(words)
            .envs(environment.iter().copied())
            .current_dir(self.folder())
            .output()
            .expect("the command starts")
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("not JSON: {}", lines(output)))
}

const HANDLER: (&str, &str) = ("handler.py", "def hello(event, context):\n    return 1\n");
const SERVICE: &str = "service: shop\nprovider:\n  name: aws\n  runtime: python3.13\nfunctions:\n  hello:\n    handler: handler.hello\n    events:\n      - http: GET /hello\n";

fn names_in(archive: &Path) -> Vec<String> {
    let read = "import sys,zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))";
    let output = std::process::Command::new("python3")
        .args(["-c", read])
        .arg(archive)
        .output()
        .expect("python3 starts");
    lines(&output).lines().map(str::to_owned).collect()
}

#[test]
fn wrong_usage_ends_with_2_and_names_the_word() {
    let project = Project::new(&[("serverless.yml", SERVICE), HANDLER]);
    for words in [
        &["package", "--nope"][..],
        &["frobnicate"],
        &[],
        &["package", "--profile", "me", "--sandbox"],
    ] {
        let output = project.run(words);
        assert_eq!(code(&output), Some(2), "{words:?}: {}", errors(&output));
    }
    assert!(errors(&project.run(&["package", "--nope"])).contains("--nope"));
}

#[test]
fn all_problems_of_a_file_are_told_at_once_with_line_column_and_a_way_out() {
    let text = "service: shop\nprovider:\n  name: aws\n  runtime: python3.13\n  memorySize: ${self:custom.size}\nconfigValidationMode: error\nfunctions:\n  hello:\n    handler: handler.hello\n    memroySize: 512\n    timeout: 9000\n";
    let project = Project::new(&[("serverless.yml", text), HANDLER]);
    let output = project.run(&["check"]);
    let said = errors(&output);
    assert_eq!(code(&output), Some(1), "{said}");
    // The place of each, as file:line:column, and what to do about it.
    for words in [
        "serverless.yml:10:5",
        "memorySize",
        "serverless.yml:11:14",
        "900",
        "serverless.yml:5:",
    ] {
        assert!(said.contains(words), "{words} is not in:\n{said}");
    }
    assert_eq!(lines(&output), "");
    let json: Value =
        serde_json::from_str(&errors(&project.run(&["check", "--json"]))).expect("JSON");
    let found = json["error"]["diagnostics"].as_array().expect("a list");
    assert!(found.len() >= 3, "{json:#}");
    assert!(
        found
            .iter()
            .all(|d| d["at"]["line"].is_u64() && d["message"].is_string()),
        "{json:#}"
    );
}

#[test]
fn the_same_project_gives_the_same_bytes_whenever_it_is_packaged() {
    let project = Project::new(&[("serverless.yml", SERVICE), HANDLER, ("lib/ä b.txt", "x")]);
    let epoch = [("SOURCE_DATE_EPOCH", "1795406861")];
    let bytes = |out: &str| {
        let output = project.run_with(&["package", "--out", out], &epoch);
        assert_eq!(code(&output), Some(0), "{}", errors(&output));
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(project.folder().join(out))
            .expect("results")
            .map(|entry| {
                let path = entry.expect("an entry").path();
                let name = path
                    .file_name()
                    .and_then(|n| n.to_str())
                    .expect("a name")
                    .to_owned();
                (name, fs::read(path).expect("a file"))
            })
            .collect();
        files.sort();
        files
    };
    let first = bytes(".pilothouse");
    let old = fs::File::options()
        .append(true)
        .open(project.folder().join("handler.py"))
        .expect("a file");
    old.set_modified(std::time::SystemTime::UNIX_EPOCH)
        .expect("a time");
    let second = bytes(".pilothouse/again");
    assert_eq!(
        first
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        [
            "cloudformation-template-create-stack.json",
            "cloudformation-template-update-stack.json",
            "shop.zip"
        ]
    );
    assert!(first == second, "the bytes differ");
}

#[test]
fn secrets_are_left_out_and_said_and_a_name_allows_one() {
    let service = |patterns: &str| format!("{SERVICE}package:\n  patterns: [{patterns}]\n");
    let files = [
        (".env", "TOKEN=1"),
        ("deploy.pem", "x"),
        ("certs/public.pem", "x"),
        (".git/config", "x"),
        HANDLER,
    ];
    let project = Project::new(&files);
    fs::write(
        project.folder().join("serverless.yml"),
        service("certs/public.pem, '.git/config'"),
    )
    .expect("a file");
    let output = project.run(&["package"]);
    assert_eq!(code(&output), Some(0), "{}", errors(&output));
    assert_eq!(
        names_in(&project.folder().join(".pilothouse/shop.zip")),
        ["certs/public.pem", "handler.py"]
    );
    let said = errors(&output);
    for words in [".env", "deploy.pem", "package.patterns", ".git"] {
        assert!(said.contains(words), "{words} is not in:\n{said}");
    }
    let left_out = json(&project.run(&["package", "--json"]))["leftOut"].clone();
    let env = left_out
        .as_array()
        .expect("a list")
        .iter()
        .find(|file| file["path"] == ".env")
        .expect(".env");
    assert_eq!(env["allowedBy"], ".env");
}

#[test]
fn a_link_out_of_the_project_is_never_followed() {
    let project = Project::new(&[("serverless.yml", SERVICE), HANDLER]);
    let secret = project.place.path().join("secret.txt");
    fs::write(&secret, "canary").expect("a file");
    std::os::unix::fs::symlink(&secret, project.folder().join("innocent.txt")).expect("a link");
    std::os::unix::fs::symlink("/etc", project.folder().join("folder")).expect("a link");
    let output = project.run(&["package"]);
    assert_eq!(code(&output), Some(0), "{}", errors(&output));
    assert_eq!(
        names_in(&project.folder().join(".pilothouse/shop.zip")),
        ["handler.py"]
    );
    assert!(
        errors(&output).contains("innocent.txt"),
        "{}",
        errors(&output)
    );
}

#[test]
fn opening_a_project_runs_none_of_its_code() {
    let canary =
        |name: &str| format!("require('fs').writeFileSync('{name}', 'x'); module.exports = {{}};");
    let hostile =
        format!("{SERVICE}plugins: [./plugin.js]\ncustom:\n  a: ${{file(./config.js)}}\n");
    let (plugin, config) = (canary("plugin-ran"), canary("config-ran"));
    let project = Project::new(&[
        ("serverless.yml", &hostile),
        ("plugin.js", &plugin),
        ("config.js", &config),
        HANDLER,
    ]);
    for verb in ["check", "print", "package"] {
        let output = project.run(&[verb]);
        assert_eq!(code(&output), Some(1), "{verb}: {}", errors(&output));
    }
    let js = Project::new(&[("serverless.js", &canary("service-ran")), HANDLER]);
    let output = js.run(&["package"]);
    assert_eq!(code(&output), Some(1));
    assert!(
        errors(&output).contains("--allow-code"),
        "{}",
        errors(&output)
    );
    for (project, name) in [
        (&project, "plugin-ran"),
        (&project, "config-ran"),
        (&js, "service-ran"),
    ] {
        assert!(
            !project.folder().join(name).exists(),
            "{name}: the project's code was run"
        );
    }
}

#[test]
fn a_variable_cannot_read_outside_the_project_or_take_credentials() {
    for (variable, words) in [
        ("${file(../secret.txt)}", "project"),
        ("${file(/etc/hostname)}", "project"),
        ("${file(./link.txt)}", "project"),
        ("${env:AWS_SECRET_ACCESS_KEY}", "AWS_SECRET_ACCESS_KEY"),
    ] {
        let text = format!("{SERVICE}custom:\n  a: {variable}\n");
        let project = Project::new(&[("serverless.yml", &text), HANDLER]);
        fs::write(project.place.path().join("secret.txt"), "canary").expect("a file");
        std::os::unix::fs::symlink("../secret.txt", project.folder().join("link.txt"))
            .expect("a link");
        let output = project.run_with(&["print"], &[("AWS_SECRET_ACCESS_KEY", "canary")]);
        let said = errors(&output) + &lines(&output);
        assert_eq!(code(&output), Some(1), "{variable}: {said}");
        assert!(
            said.contains(words) && !said.contains("canary"),
            "{variable}: {said}"
        );
    }
}

#[test]
fn results_that_cannot_be_written_leave_the_earlier_ones_alone() {
    let project = Project::new(&[("serverless.yml", SERVICE), HANDLER]);
    assert_eq!(code(&project.run(&["package"])), Some(0));
    let archive = project.folder().join(".pilothouse/shop.zip");
    let before = fs::read(&archive).expect("an archive");
    // A folder in the way of a template: it cannot be replaced by a file.
    let template = project
        .folder()
        .join(".pilothouse/cloudformation-template-create-stack.json");
    fs::remove_file(&template).expect("a template");
    fs::create_dir(&template).expect("a folder");
    fs::write(template.join("keep"), "x").expect("a file");
    let output = project.run(&["package"]);
    assert_eq!(code(&output), Some(1));
    assert!(
        errors(&output).contains("cloudformation-template-create-stack.json"),
        "{}",
        errors(&output)
    );
    assert_eq!(fs::read(&archive).expect("an archive"), before);
    let stray: Vec<_> = fs::read_dir(project.folder().join(".pilothouse"))
        .expect("results")
        .map(|entry| entry.expect("an entry").file_name())
        .filter(|name| {
            ![
                "shop.zip",
                "cloudformation-template-create-stack.json",
                "cloudformation-template-update-stack.json",
            ]
            .contains(&name.to_str().unwrap_or_default())
        })
        .collect();
    assert!(stray.is_empty(), "half-written files: {stray:?}");
}

#[test]
fn print_shows_the_service_with_every_variable_resolved() {
    let text = "service: shop\nprovider: {name: aws, stage: \"${opt:stage, 'dev'}\"}\ncustom: {table: 'items-${sls:stage}', who: '${param:who}', size: '${env:SIZE}'}\nfunctions: {}\n";
    let project = Project::new(&[("serverless.yml", text), HANDLER]);
    let words = ["print", "--json", "--stage", "prod", "--param", "who=a=b"];
    let printed = json(&project.run_with(&words, &[("SIZE", "5")]));
    assert_eq!(
        printed["custom"],
        serde_json::json!({"table": "items-prod", "who": "a=b", "size": "5"})
    );
    let yaml = lines(&project.run_with(&["print", "--param", "who=me"], &[("SIZE", "5")]));
    assert!(yaml.contains("table: items-dev"), "{yaml}");
}

#[test]
fn a_folder_without_a_service_is_told_what_to_do() {
    let project = Project::new(&[("readme.txt", "x")]);
    let output = project.run(&["package"]);
    assert_eq!(code(&output), Some(1));
    let said = errors(&output);
    assert!(
        said.contains("serverless.yml") && said.contains("--dir"),
        "{said}"
    );
    let output = project.run(&["package", "--dir", "nowhere"]);
    assert_eq!(code(&output), Some(1));
    assert!(errors(&output).contains("nowhere"), "{}", errors(&output));
}

#[test]
fn a_template_that_leads_nowhere_is_refused_before_any_cloud_is_asked() {
    let wrong = format!(
        "{SERVICE}resources:\n  Resources:\n    Jobs:\n      Type: AWS::SQS::Queue\n      Properties:\n        \
         QueueName: !Ref Nobody\n        QueueNam: x\n"
    );
    let project = Project::new(&[HANDLER, ("serverless.yml", &wrong)]);
    let words: [&[&str]; 3] = [
        &["check", "--json"],
        &["plan", "--sandbox", "--json"],
        &["deploy", "--sandbox", "--yes", "--json"],
    ];
    for words in words {
        let output = project.run(words);
        assert_eq!(code(&output), Some(1), "{words:?}: {}", errors(&output));
        let error: Value = serde_json::from_str(&errors(&output)).expect("JSON");
        let found = error["error"]["diagnostics"].as_array().expect("a list");
        let told = |code: &str, severity: &str| {
            found
                .iter()
                .any(|one| one["code"] == code && one["severity"] == severity)
        };
        assert!(told("TEMPLATE_REFERENCE", "error"), "{words:?}: {error:#}");
        // The list of properties may be older than AWS's: that alone stops nobody.
        assert!(told("TEMPLATE_PROPERTY", "warning"), "{words:?}: {error:#}");
    }
    // Not even the sandbox was brought up.
    let sandbox = project.place.path().join("pilothouse/sandbox");
    assert!(!sandbox.exists(), "{} is there", sandbox.display());
}

#[test]
fn a_profile_that_is_named_is_the_only_one_asked_for_credentials() {
    let service = SERVICE.replace("  runtime", "  profile: nowhere\n  runtime");
    let project = Project::new(&[("serverless.yml", &service), HANDLER]);
    // Keys of some other account: with them a deploy would go there. IMDS is off, so that nothing is asked for.
    let others = [
        ("AWS_ACCESS_KEY_ID", "AKIAOTHERACCOUNT"),
        ("AWS_SECRET_ACCESS_KEY", "other-secret"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    for words in [
        &["info", "--json"][..],
        &["info", "--json", "--profile", "elsewhere"],
    ] {
        let output = project.run_with(words, &others);
        let said = errors(&output);
        assert_eq!(code(&output), Some(1), "{said}");
        let error: Value =
            serde_json::from_str(&said).unwrap_or_else(|_| panic!("not JSON: {said}"));
        assert_eq!(error["error"]["code"], "CREDENTIALS", "{said}");
        assert!(
            said.contains(if words.len() > 2 {
                "elsewhere"
            } else {
                "nowhere"
            }),
            "{said}"
        );
    }
}

/// A profile that leads to a role by STS, and an address in the environment that is not AWS's. Nothing leaves this
/// computer: what would be sent would be sent to the listener.
#[test]
fn signing_in_asks_aws_alone_whatever_address_the_environment_names() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a mode");
    let here = format!("http://{}", listener.local_addr().expect("an address"));
    let config = "[profile work]\nrole_arn = arn:aws:iam::111111111111:role/Deployer\nsource_profile = keys\nregion = us-east-1\n\
         [profile keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n";
    let project = Project::new(&[("serverless.yml", SERVICE), ("aws-config", config)]);
    let file = project.folder().join("aws-config").display().to_string();
    for variable in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"] {
        let output = project.run_with(
            &["info", "--profile", "work"],
            &[
                (variable, here.as_str()),
                ("AWS_CONFIG_FILE", file.as_str()),
                ("AWS_SHARED_CREDENTIALS_FILE", "none"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            ],
        );
        assert_eq!(code(&output), Some(1), "{variable}");
        let told = errors(&output);
        assert!(told.contains("error[CREDENTIALS]"), "{told}");
        assert!(told.contains("127.0.0.1, which is not AWS"), "{told}");
    }
    let called = listener.accept();
    assert!(called.is_err(), "a signature was sent elsewhere");
}
