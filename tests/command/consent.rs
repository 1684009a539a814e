//! Consent in a terminal: the question, what its answers mean, and taking them back.

use std::fs;
use std::process::Output;

use super::{HANDLER, Project, code, errors, json, lines};

/// Runs words in a terminal of its own and types an answer.
const TERMINAL: &str = r"
import os, pty, sys
answer, words = sys.argv[1], sys.argv[2:]
pid, master = pty.fork()
if pid == 0:
    os.execvp(words[0], words)
os.write(master, answer.encode())
while True:
    try:
        part = os.read(master, 65536)
    except OSError:
        break
    if not part:
        break
    sys.stdout.buffer.write(part)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
";

const CONFIGURATION: &str = "module.exports = { service: 'shop', provider: { name: 'aws', runtime: 'nodejs20.x' }, \
                             functions: { api: { handler: 'handler.main' } } };";

fn answered(project: &Project, answer: &str, words: &[&str]) -> Output {
    let command = pilothouse_tests::pilothouse(project.place.path());
    let mut terminal = std::process::Command::new("python3");
    terminal.args(["-c", TERMINAL, answer]);
    terminal
        .arg(command.get_program())
        .args(command.get_args())
        .args(words);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => terminal.env(name, value),
            None => terminal.env_remove(name),
        };
    }
    terminal
        .current_dir(project.folder())
        .output()
        .expect("python3 starts")
}

#[test]
fn a_person_is_asked_and_no_answer_is_a_no() {
    let project = Project::new(&[("serverless.js", CONFIGURATION), HANDLER]);
    for answer in ["\n", "n\n", "\x04"] {
        let output = answered(&project, answer, &["package"]);
        let said = lines(&output);
        assert_eq!(code(&output), Some(1), "{said}");
        assert!(
            said.contains("May it run?") && said.contains("serverless.js"),
            "{said}"
        );
        assert!(!project.folder().join(".pilothouse").exists(), "{said}");
    }
    let once = answered(&project, "y\n", &["package"]);
    assert_eq!(code(&once), Some(0), "{}{}", lines(&once), errors(&once));
    // Once is once.
    assert_eq!(code(&project.run(&["package"])), Some(1));
}

#[test]
fn what_is_allowed_for_good_runs_until_it_changes_or_is_forgotten() {
    let project = Project::new(&[("serverless.js", CONFIGURATION), HANDLER]);
    let always = answered(&project, "a\n", &["package"]);
    assert_eq!(
        code(&always),
        Some(0),
        "{}{}",
        lines(&always),
        errors(&always)
    );
    assert_eq!(code(&project.run(&["package"])), Some(0));
    let kept = json(&project.run(&["consent", "list", "--json"]));
    assert_eq!(kept[0]["name"], "serverless.js", "{kept}");
    let folder = fs::canonicalize(project.folder()).expect("the folder");
    assert_eq!(
        kept[0]["project"],
        folder.to_string_lossy().as_ref(),
        "{kept}"
    );

    let file = project.folder().join("serverless.js");
    fs::write(&file, format!("{CONFIGURATION}\n")).expect("a file");
    assert_eq!(
        code(&project.run(&["package"])),
        Some(1),
        "another content asks"
    );
    fs::write(&file, CONFIGURATION).expect("a file");
    assert_eq!(code(&project.run(&["package"])), Some(0));

    let hash = kept[0]["hash"].as_str().expect("a hash");
    assert_eq!(code(&project.run(&["consent", "forget", hash])), Some(0));
    assert_eq!(code(&project.run(&["package"])), Some(1));
    assert_eq!(
        json(&project.run(&["consent", "list", "--json"])),
        serde_json::json!([])
    );
    let wrong = project.run(&["consent", "forget", "../journal"]);
    assert_eq!(code(&wrong), Some(1), "{}", errors(&wrong));
}
